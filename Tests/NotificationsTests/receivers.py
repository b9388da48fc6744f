"""A receiver on this machine's loopback: of webhooks (http.server), or of mails (aiosmtpd). Prints its port, then one
line of JSON for each message.

    python receivers.py http | hang | refuse | mail | mail-auth
"""

import base64
import email
import email.policy
import http.server
import json
import sys
import time


def say(value):
    print(json.dumps(value), flush=True)


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if sys.argv[1] == "hang":
            say({"hangs": True})
            time.sleep(600)
        say({"path": self.path, "authorization": self.headers.get("authorization"), "body": json.loads(body)})
        self.send_response(503 if sys.argv[1] == "refuse" else 204)
        self.end_headers()

    def log_message(self, *_):
        pass


def mails(authenticates):
    import asyncio

    from aiosmtpd.smtp import SMTP, AuthResult

    class Box:
        async def handle_DATA(self, server, session, envelope):
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            say(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "subject": mail["subject"],
                    "date": mail["date"],
                    "text": mail.get_content(),
                    "headers": sorted(mail.keys()),
                    "user": getattr(session, "user", None),
                }
            )
            return "250 taken"

    def check(server, session, envelope, mechanism, data):
        session.user = data.login.decode()
        right = data.password == b"s3cret pass"
        # What is not handled here is refused by the server itself.
        return AuthResult(success=right, handled=right)

    async def serve():
        options = {"authenticator": check, "auth_required": True, "auth_require_tls": False} if authenticates else {}
        server = await asyncio.get_running_loop().create_server(lambda: SMTP(Box(), **options), "127.0.0.1", 0)
        say({"port": server.sockets[0].getsockname()[1]})
        await server.serve_forever()

    asyncio.run(serve())


if sys.argv[1].startswith("mail"):
    mails(sys.argv[1] == "mail-auth")
else:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    say({"port": server.server_address[1]})
    server.serve_forever()
