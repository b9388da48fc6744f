/// The templates of pages and of their parts, by name. Everything in `{{…}}` is escaped; what stands in `{{{…}}}` is an
/// SVG that we drew ourselves, in which all text is escaped already.
enum Templates {
    static let all: [String: String] = [
        "layout": layout, "failure": failure, "login": login, "front": front, "attention": attention,
        "projects": projects, "project": project, "steps": steps, "build": build, "result": result, "studies": studies,
        "study": study,
        "studysummary": studySummary, "charts": charts, "trials": trials, "failures": failures, "question": question,
        "keptanswer": keptAnswer, "studycharts": studyCharts,
        "document": document, "documentedit": documentEdit,
        "levels": levels, "interview": interview, "interviewdocuments": interviewDocuments,
        "interviewtalk": interviewTalk,
        "interviewturn": interviewTurn, "interviewform": interviewForm, "interviewtopics": interviewTopics,
        "golden": golden, "goldenreview": goldenReview, "goldenstanding": goldenStanding,
        "goldenproposal": goldenProposal, "comments": comments, "comment": comment,
        "audit": audit, "costs": costs,
        "calls": calls, "sessions": sessions, "sessionlist": sessionList, "session": session,
        "transcript": transcript, "release": release, "runs": runs, "runfilters": runFilters,
        "traffic": traffic,
        "runlist": runList, "latestruns": latestRuns, "run": run, "runsummary": runSummary, "runalerts": runAlerts,
        "runcharts": runCharts, "runsystem": runSystem, "runentries": runEntries, "runparts": runParts,
        "runmetrics": runMetrics,
        "sql": sql, "choices": choices, "paging": paging, "compare": compare, "comparedruns": comparedRuns,
        "releases": releases, "releasesnow": releasesNow, "releaselist": releaseList, "releasesteps": releaseSteps,
        "serviceglance": serviceGlance, "service": service, "servicealerts": serviceAlerts,
        "servicealert": serviceAlert,
        "servicewindows": serviceWindows, "servicedays": serviceDays, "servicedrift": serviceDrift,
        "serviceprobes": serviceProbes, "servicedocuments": serviceDocuments, "feedback": feedback,
        "feedbackthumbs": feedbackThumbs, "feedbackpreferences": feedbackPreferences, "feedbackbad": feedbackBad,
        "feedbacknext": feedbackNext,
        "tabs": tabs,
        "state": state, "time": time,
    ]

    static let layout = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{layout.title}} · Neo</title>
        <link rel="stylesheet" href="{{layout.css}}">
        <link rel="icon" type="image/svg+xml" href="{{layout.icon}}">
        <script src="{{layout.js}}" defer></script>
        </head>
        <body data-events="{{layout.events}}">
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
        <nav aria-label="You are here"><ol>
        <li><a class="home" href="/">Neo</a></li>
        {{#layout.crumbs}}<li><a href="{{path}}">{{name}}</a></li>
        {{/layout.crumbs}}<li aria-current="page">{{layout.title}}</li>
        </ol></nav>
        <p class="tools">
        {{#layout.isLive}}<span id="live-state" role="status" data-state="off">As of when it was loaded</span>{{/layout.isLive}}
        {{#layout.hasChat}}<a href="/chat">Chat</a>{{/layout.hasChat}}
        </p>
        {{#layout.canSignOut}}<form method="post" action="/logout"><input type="hidden" name="form_token" \
        value="{{formToken}}"><button class="quiet">Sign out</button></form>{{/layout.canSignOut}}
        </header>
        <main id="main" tabindex="-1">
        {{$content}}{{/content}}
        </main>
        </body>
        </html>
        """

    static let failure = """
        {{<layout}}{{$content}}
        <h1>{{layout.title}}</h1>
        <p class="lead">{{sentence}}</p>
        <p><a href="{{back}}">Back</a> · <a href="/">All projects</a></p>
        <p class="faint">{{code}}</p>
        {{/content}}{{/layout}}
        """

    static let login = """
        {{<layout}}{{$content}}
        <h1>Sign in</h1>
        <p class="lead">This dashboard is open to those who know its token.</p>
        {{#isWrong}}<p class="note bad" role="alert">✕ That is not the token.</p>{{/isWrong}}
        <form class="stack" method="post" action="/login">
        <input type="hidden" name="next" value="{{next}}">
        <label for="token">Token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required>
        <button>Sign in</button>
        </form>
        {{/content}}{{/layout}}
        """

    static let state = """
        <span class="state {{look}}"><span aria-hidden="true">{{sign}}</span> {{name}}</span>
        """

    static let time = """
        {{#at}}<time datetime="{{at}}">{{text}}</time>{{/at}}
        """

    static let tabs = """
        <nav class="tabs" aria-label="Project"><ul>
        {{#tabs}}<li><a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{name}}</a></li>
        {{/tabs}}</ul></nav>
        """
}
