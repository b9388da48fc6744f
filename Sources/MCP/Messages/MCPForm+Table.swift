internal import Base

extension MCPForm {
    /// The forms of both revisions; a member that only the later one requires may be missing.
    ///
    /// Source: the schemas of revisions 2026-07-28 and 2025-11-25.
    static let table: [String: MCPForm] = Dictionary(
        uniqueKeysWithValues: (messages + values).map { ($0.name, $0) })

    private static let messages: [MCPForm] = [
        MCPForm(
            "CallToolRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("tools/call"),
                "params": .form("CallToolRequestParams"),
            ]),
        MCPForm(
            "CallToolRequestParams", ["_meta": .form("RequestMetaObject"), "name": .text],
            ["inputResponses": .form("InputResponses")]),
        MCPForm(
            "CallToolResultResponse",
            ["id": .id, "jsonrpc": .constant("2.0"), "result": .either(["InputRequiredResult", "CallToolResult"])]),
        MCPForm(
            "CancelledNotification",
            [
                "jsonrpc": .constant("2.0"), "method": .constant("notifications/cancelled"),
                "params": .form("CancelledNotificationParams"),
            ]),
        MCPForm("CancelledNotificationParams", ["requestId": .id], ["_meta": .form("NotificationMetaObject")]),
        MCPForm(
            "CompleteRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("completion/complete"),
                "params": .form("CompleteRequestParams"),
            ]),
        MCPForm(
            "CompleteRequestParams",
            [
                "_meta": .form("RequestMetaObject"), "argument": .object,
                "ref": .either(["PromptReference", "ResourceTemplateReference"]),
            ]),
        MCPForm("CompleteResultResponse", ["id": .id, "jsonrpc": .constant("2.0"), "result": .form("CompleteResult")]),
        MCPForm(
            "CreateMessageRequest",
            ["method": .constant("sampling/createMessage"), "params": .form("CreateMessageRequestParams")]),
        MCPForm(
            "CreateMessageRequestParams", ["maxTokens": .number, "messages": .list("SamplingMessage")],
            ["modelPreferences": .form("ModelPreferences"), "toolChoice": .form("ToolChoice"), "tools": .list("Tool")]),
        MCPForm(
            "DiscoverRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("server/discover"),
                "params": .form("RequestParams"),
            ]),
        MCPForm("DiscoverResultResponse", ["id": .id, "jsonrpc": .constant("2.0"), "result": .form("DiscoverResult")]),
        MCPForm(
            "ElicitRequest",
            [
                "method": .constant("elicitation/create"),
                "params": .either(["ElicitRequestFormParams", "ElicitRequestURLParams"]),
            ]),
        MCPForm(
            "ElicitRequestFormParams", ["message": .text, "requestedSchema": .object], ["mode": .constant("form")]),
        MCPForm("ElicitRequestURLParams", ["message": .text, "mode": .constant("url"), "url": .text]),
        MCPForm("Error", ["code": .number, "message": .text]),
        MCPForm(
            "GetPromptRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("prompts/get"),
                "params": .form("GetPromptRequestParams"),
            ]),
        MCPForm(
            "GetPromptRequestParams", ["_meta": .form("RequestMetaObject"), "name": .text],
            ["inputResponses": .form("InputResponses")]),
        MCPForm(
            "GetPromptResultResponse",
            ["id": .id, "jsonrpc": .constant("2.0"), "result": .either(["InputRequiredResult", "GetPromptResult"])]),
        MCPForm("HeaderMismatchError", ["error": .form("Error"), "jsonrpc": .constant("2.0")], ["id": .id]),
        MCPForm("InitializeRequestParams", ["capabilities": .object, "clientInfo": .object, "protocolVersion": .text]),
        MCPForm("InputRequests", [:]),
        MCPForm("InputResponses", [:]),
        MCPForm("InternalError", ["code": .constant(-32603), "message": .text]),
        MCPForm("InvalidParamsError", ["code": .constant(-32602), "message": .text]),
        MCPForm(
            "ListPromptsRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("prompts/list"),
                "params": .form("PaginatedRequestParams"),
            ]),
        MCPForm(
            "ListPromptsResultResponse", ["id": .id, "jsonrpc": .constant("2.0"), "result": .form("ListPromptsResult")]),
        MCPForm(
            "ListResourceTemplatesRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("resources/templates/list"),
                "params": .form("PaginatedRequestParams"),
            ]),
        MCPForm(
            "ListResourceTemplatesResultResponse",
            ["id": .id, "jsonrpc": .constant("2.0"), "result": .form("ListResourceTemplatesResult")]),
        MCPForm(
            "ListResourcesRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("resources/list"),
                "params": .form("PaginatedRequestParams"),
            ]),
        MCPForm(
            "ListResourcesResultResponse",
            ["id": .id, "jsonrpc": .constant("2.0"), "result": .form("ListResourcesResult")]),
        MCPForm("ListRootsRequest", ["method": .constant("roots/list")]),
        MCPForm(
            "ListToolsRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("tools/list"),
                "params": .form("PaginatedRequestParams"),
            ]),
        MCPForm(
            "ListToolsResultResponse", ["id": .id, "jsonrpc": .constant("2.0"), "result": .form("ListToolsResult")]),
        MCPForm(
            "LoggingMessageNotification",
            [
                "jsonrpc": .constant("2.0"), "method": .constant("notifications/message"),
                "params": .form("LoggingMessageNotificationParams"),
            ]),
        MCPForm(
            "LoggingMessageNotificationParams", ["data": .anything, "level": .text],
            ["_meta": .form("NotificationMetaObject")]),
        MCPForm("MethodNotFoundError", ["code": .constant(-32601), "message": .text]),
        MCPForm(
            "MissingRequiredClientCapabilityError", ["error": .form("Error"), "jsonrpc": .constant("2.0")], ["id": .id]),
        MCPForm("NotificationMetaObject", [:], ["io.modelcontextprotocol/subscriptionId": .id]),
        MCPForm("NotificationParams", [:], ["_meta": .form("NotificationMetaObject")]),
        MCPForm("PaginatedRequestParams", ["_meta": .form("RequestMetaObject")]),
        MCPForm("ParseError", ["code": .constant(-32700), "message": .text]),
        MCPForm(
            "ProgressNotification",
            [
                "jsonrpc": .constant("2.0"), "method": .constant("notifications/progress"),
                "params": .form("ProgressNotificationParams"),
            ]),
        MCPForm(
            "ProgressNotificationParams", ["progress": .number, "progressToken": .id],
            ["_meta": .form("NotificationMetaObject")]),
        MCPForm(
            "PromptListChangedNotification",
            ["jsonrpc": .constant("2.0"), "method": .constant("notifications/prompts/list_changed")],
            ["params": .form("NotificationParams")]),
        MCPForm(
            "ReadResourceRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("resources/read"),
                "params": .form("ReadResourceRequestParams"),
            ]),
        MCPForm(
            "ReadResourceRequestParams", ["_meta": .form("RequestMetaObject"), "uri": .text],
            ["inputResponses": .form("InputResponses")]),
        MCPForm(
            "ReadResourceResultResponse",
            ["id": .id, "jsonrpc": .constant("2.0"), "result": .either(["InputRequiredResult", "ReadResourceResult"])]),
        MCPForm(
            "RequestMetaObject",
            [
                "io.modelcontextprotocol/clientCapabilities": .form("ClientCapabilities"),
                "io.modelcontextprotocol/protocolVersion": .text,
            ], ["io.modelcontextprotocol/clientInfo": .object, "progressToken": .id]),
        MCPForm("RequestParams", ["_meta": .form("RequestMetaObject")]),
        MCPForm(
            "ResourceListChangedNotification",
            ["jsonrpc": .constant("2.0"), "method": .constant("notifications/resources/list_changed")],
            ["params": .form("NotificationParams")]),
        MCPForm(
            "ResourceUpdatedNotification",
            [
                "jsonrpc": .constant("2.0"), "method": .constant("notifications/resources/updated"),
                "params": .form("ResourceUpdatedNotificationParams"),
            ]),
        MCPForm("ResourceUpdatedNotificationParams", ["uri": .text], ["_meta": .form("NotificationMetaObject")]),
        MCPForm(
            "SubscriptionsAcknowledgedNotification",
            [
                "jsonrpc": .constant("2.0"), "method": .constant("notifications/subscriptions/acknowledged"),
                "params": .form("SubscriptionsAcknowledgedNotificationParams"),
            ]),
        MCPForm(
            "SubscriptionsAcknowledgedNotificationParams", ["notifications": .form("SubscriptionFilter")],
            ["_meta": .form("NotificationMetaObject")]),
        MCPForm(
            "SubscriptionsListenRequest",
            [
                "id": .id, "jsonrpc": .constant("2.0"), "method": .constant("subscriptions/listen"),
                "params": .form("SubscriptionsListenRequestParams"),
            ]),
        MCPForm(
            "SubscriptionsListenRequestParams",
            ["_meta": .form("RequestMetaObject"), "notifications": .form("SubscriptionFilter")]),
        MCPForm(
            "SubscriptionsListenResultResponse",
            ["id": .id, "jsonrpc": .constant("2.0"), "result": .form("SubscriptionsListenResult")]),
        MCPForm(
            "ToolListChangedNotification",
            ["jsonrpc": .constant("2.0"), "method": .constant("notifications/tools/list_changed")],
            ["params": .form("NotificationParams")]),
        MCPForm(
            "UnsupportedProtocolVersionError", ["error": .form("Error"), "jsonrpc": .constant("2.0")], ["id": .id]),
    ]

    private static let values: [MCPForm] = [
        MCPForm("Annotations", [:]),
        MCPForm(
            "AudioContent", ["data": .text, "mimeType": .text, "type": .constant("audio")],
            ["annotations": .form("Annotations")]),
        MCPForm("BlobResourceContents", ["blob": .text, "uri": .text]),
        MCPForm("BooleanSchema", ["type": .constant("boolean")]),
        MCPForm("CallToolResult", ["content": .array], ["_meta": .form("ResultMetaObject"), "resultType": .text]),
        MCPForm("ClientCapabilities", [:]),
        MCPForm("CompleteResult", ["completion": .object], ["_meta": .form("ResultMetaObject"), "resultType": .text]),
        MCPForm("CreateMessageResult", ["content": .anything, "model": .text, "role": .text]),
        MCPForm(
            "DiscoverResult", ["capabilities": .object, "supportedVersions": .array],
            ["_meta": .form("ResultMetaObject"), "cacheScope": .text, "resultType": .text, "ttlMs": .number]),
        MCPForm("ElicitResult", ["action": .text]),
        MCPForm(
            "EmbeddedResource",
            ["resource": .either(["TextResourceContents", "BlobResourceContents"]), "type": .constant("resource")],
            ["annotations": .form("Annotations")]),
        MCPForm(
            "GetPromptResult", ["messages": .list("PromptMessage")],
            ["_meta": .form("ResultMetaObject"), "resultType": .text]),
        MCPForm("Icon", ["src": .text]),
        MCPForm(
            "ImageContent", ["data": .text, "mimeType": .text, "type": .constant("image")],
            ["annotations": .form("Annotations")]),
        MCPForm("InitializeResult", ["capabilities": .object, "protocolVersion": .text, "serverInfo": .object]),
        MCPForm(
            "InputRequiredResult", ["resultType": .constant("input_required")],
            ["_meta": .form("ResultMetaObject"), "inputRequests": .form("InputRequests")]),
        MCPForm(
            "ListPromptsResult", ["prompts": .list("Prompt")],
            ["_meta": .form("ResultMetaObject"), "cacheScope": .text, "resultType": .text, "ttlMs": .number]),
        MCPForm(
            "ListResourceTemplatesResult", ["resourceTemplates": .list("ResourceTemplate")],
            ["_meta": .form("ResultMetaObject"), "cacheScope": .text, "resultType": .text, "ttlMs": .number]),
        MCPForm(
            "ListResourcesResult", ["resources": .list("Resource")],
            ["_meta": .form("ResultMetaObject"), "cacheScope": .text, "resultType": .text, "ttlMs": .number]),
        MCPForm("ListRootsResult", ["roots": .list("Root")]),
        MCPForm(
            "ListToolsResult", ["tools": .list("Tool")],
            ["_meta": .form("ResultMetaObject"), "cacheScope": .text, "resultType": .text, "ttlMs": .number]),
        MCPForm("ModelHint", [:]),
        MCPForm("ModelPreferences", [:], ["hints": .list("ModelHint")]),
        MCPForm("NumberSchema", ["type": .text]),
        MCPForm("Prompt", ["name": .text], ["arguments": .list("PromptArgument"), "icons": .list("Icon")]),
        MCPForm("PromptArgument", ["name": .text]),
        MCPForm(
            "PromptMessage",
            [
                "content": .either(["TextContent", "ImageContent", "AudioContent", "ResourceLink", "EmbeddedResource"]),
                "role": .text,
            ]),
        MCPForm("PromptReference", ["name": .text, "type": .constant("ref/prompt")]),
        MCPForm(
            "ReadResourceResult", ["contents": .array],
            ["_meta": .form("ResultMetaObject"), "cacheScope": .text, "resultType": .text, "ttlMs": .number]),
        MCPForm(
            "Resource", ["name": .text, "uri": .text], ["annotations": .form("Annotations"), "icons": .list("Icon")]),
        MCPForm(
            "ResourceLink", ["name": .text, "type": .constant("resource_link"), "uri": .text],
            ["annotations": .form("Annotations"), "icons": .list("Icon")]),
        MCPForm(
            "ResourceTemplate", ["name": .text, "uriTemplate": .text],
            ["annotations": .form("Annotations"), "icons": .list("Icon")]),
        MCPForm("ResourceTemplateReference", ["type": .constant("ref/resource"), "uri": .text]),
        MCPForm("ResultMetaObject", [:], ["io.modelcontextprotocol/serverInfo": .object]),
        MCPForm("Root", ["uri": .text]),
        MCPForm("SamplingMessage", ["content": .anything, "role": .text]),
        MCPForm("ServerCapabilities", [:]),
        MCPForm("StringSchema", ["type": .constant("string")]),
        MCPForm("SubscriptionFilter", [:]),
        MCPForm(
            "SubscriptionsListenResult", ["_meta": .form("SubscriptionsListenResultMetaObject")], ["resultType": .text]),
        MCPForm(
            "SubscriptionsListenResultMetaObject", ["io.modelcontextprotocol/subscriptionId": .id],
            ["io.modelcontextprotocol/serverInfo": .object]),
        MCPForm("TextContent", ["text": .text, "type": .constant("text")], ["annotations": .form("Annotations")]),
        MCPForm("TextResourceContents", ["text": .text, "uri": .text]),
        MCPForm("TitledMultiSelectEnumSchema", ["items": .object, "type": .constant("array")]),
        MCPForm("TitledSingleSelectEnumSchema", ["oneOf": .array, "type": .constant("string")]),
        MCPForm(
            "Tool", ["inputSchema": .object, "name": .text],
            ["annotations": .form("ToolAnnotations"), "icons": .list("Icon")]),
        MCPForm("ToolAnnotations", [:]),
        MCPForm("ToolChoice", [:]),
        MCPForm("ToolResultContent", ["content": .array, "toolUseId": .text, "type": .constant("tool_result")]),
        MCPForm("ToolUseContent", ["id": .text, "input": .object, "name": .text, "type": .constant("tool_use")]),
        MCPForm("UntitledMultiSelectEnumSchema", ["items": .object, "type": .constant("array")]),
        MCPForm("UntitledSingleSelectEnumSchema", ["enum": .array, "type": .constant("string")]),
    ]
}
