//! `serve`, over raw connections: who is refused, what ends, and that no edit is lost.

use crate::support::{LETTER, Workspace};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for an answer; one takes hundredths of a second.
const LONG: Duration = Duration::from_secs(60);

/// A desk, and the cookie of a browser that opened its link.
pub(crate) struct Desk {
    process: Child,
    port: u16,
    link: String,
    cookie: String,
    /// The cookie of who answers, if the desk was opened under a name.
    names: Option<String>,
}

/// An answer: its status, and all of it as text.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Makes a workspace of one letter.
fn workspace() -> Workspace {
    Workspace::new(&[
        ("letters/open.md", LETTER),
        ("signatories/a.csv", "name\nAlder Street Clinic\n"),
    ])
}

impl Desk {
    /// Opens the desk of a workspace, as a browser does.
    pub(crate) fn open(workspace: &Workspace) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_undersigned"));
        command.args(["serve", "--no-open"]).current_dir(workspace.root());
        Self::start(command)
    }

    /// Runs a command that opens the desk, and opens its link.
    fn start(mut command: Command) -> Self {
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = process.spawn().expect("the binary runs");
        let mut line = String::new();
        let mut out = BufReader::new(process.stdout.take().expect("piped"));
        out.read_line(&mut line).expect("a link");
        let rest = line
            .trim()
            .strip_prefix("http://127.0.0.1:")
            .expect("a link to this machine");
        let (port, path) = rest.split_once('/').expect("a path");
        let mut desk = Self {
            process,
            port: port.parse().expect("a port"),
            link: format!("/{path}"),
            cookie: String::new(),
            names: None,
        };
        let entered = desk.ask("GET", &desk.link, &[], "");
        assert_eq!(entered.status, 303);
        let mut cookies = entered
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("set-cookie: "));
        let cookie = cookies.next().expect("a cookie");
        desk.names = cookies.next().map(str::to_owned);
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
        assert!(entered.text.contains("\r\nlocation: /\r\n"));
        desk.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        desk
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(LONG)).expect("set");
        stream
    }

    /// Sends a request with exactly these headers, and reads the answer to its end.
    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = self.connect();
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
        // A desk that refuses by the head may close before the body is sent.
        let _ = stream.write_all(request.as_bytes());
        read(stream)
    }

    /// Sends a request of this machine, with more headers.
    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        let own = [
            ("Host", host.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        self.send(method, path, &[&own, headers].concat(), body)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[("Cookie", &self.cookie)], "")
    }

    fn post(&self, path: &str, body: &str) -> Answer {
        let origin = format!("http://127.0.0.1:{}", self.port);
        self.ask("POST", path, &[("Cookie", &self.cookie), ("Origin", &origin)], body)
    }

    /// Posts a body of any type.
    pub(crate) fn post_bytes(&self, path: &str, kind: &str, body: &[u8]) -> Answer {
        let (port, cookie) = (self.port, &self.cookie);
        let head = format!(
            "POST {path} HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
             Cookie: {cookie}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut stream = self.connect();
        // A desk that refuses by the head may close before the body is sent.
        let _ = stream.write_all(&[head.as_bytes(), body].concat());
        read(stream)
    }

    /// Saves a text over the state of the letter that its page shows.
    fn form(&self, page: &str, text: &str) -> String {
        let field = |name: &str| {
            let rest = page
                .split(&format!("name=\"{name}\" value=\""))
                .nth(1)
                .expect("a field");
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("token={}&seen={}&text={text}", field("token"), field("seen"))
    }
}

/// Reads an answer to its end.
fn read(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    // A connection that is cut short has given its answer before.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    Answer { status, text }
}

#[test]
fn strangers_are_refused() {
    let workspace = workspace();
    let desk = Desk::open(&workspace);
    let host = format!("127.0.0.1:{}", desk.port);
    let cookie = ("Cookie", desk.cookie.as_str());
    let check = |method: &str, headers: &[(&str, &str)], expected: u16| {
        let answer = desk.send(method, "/", headers, "");
        assert_eq!(answer.status, expected, "{headers:?}: {}", answer.text);
        if expected == 403 {
            assert!(!answer.text.contains("Alder") && !answer.text.contains("Workspace"));
        }
    };
    check("GET", &[("Host", &host), cookie], 200);
    for foreign in ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:80"] {
        check("GET", &[("Host", foreign), cookie], 403);
        let origin = format!("http://{foreign}");
        check("POST", &[("Host", foreign), ("Origin", &origin), cookie], 403);
        check("POST", &[("Host", &host), ("Origin", &origin), cookie], 403);
    }
    check("POST", &[("Host", &host), cookie], 403);
    check("POST", &[("Host", &host), ("Origin", "null"), cookie], 403);
    check("GET", &[("Host", &host), ("Sec-Fetch-Site", "cross-site"), cookie], 403);
    check("GET", &[("Host", &host), ("Sec-Fetch-Site", "same-site"), cookie], 403);
    // Without a cookie, with another desk's, with half of one.
    check("GET", &[("Host", &host)], 403);
    let old = format!("undersigned-{}={}", desk.port, "0".repeat(64));
    check("GET", &[("Host", &host), ("Cookie", &old)], 403);
    let half = &desk.cookie[..desk.cookie.len() - 1];
    check("GET", &[("Host", &host), ("Cookie", half)], 403);
    // The link was used.
    assert_eq!(desk.ask("GET", &desk.link, &[], "").status, 403);
    assert_eq!(desk.get(&desk.link).status, 303);
    assert_eq!(desk.ask("GET", "/enter?key=", &[], "").status, 403);
}

#[test]
fn only_letters_of_the_workspace_are_shown() {
    let workspace = workspace();
    workspace.write("secret.md", "+++\n+++\nconfidential\n");
    let desk = Desk::open(&workspace);
    for path in [
        "/letters/..%2Fsecret",
        "/letters/../secret",
        "/letters/%2e%2e%2fsecret",
        "/letters/nothing",
        "/assets/../../secret.md",
        "/assets/0/..%2F..%2Fsecret.md",
        "/secret.md",
        "//evil.example/",
    ] {
        let answer = desk.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text.contains("confidential"));
    }
    let page = desk.get("/letters/open");
    assert_eq!(page.status, 200);
    for header in [
        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'",
        "referrer-policy: same-origin",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
    ] {
        assert!(page.text.contains(header), "{header}");
    }
    assert!(!page.text.contains("'unsafe"));
    assert!(page.text.contains("Alder Street Clinic"), "the roll is on a page");
}

#[test]
fn of_a_long_letter_pages_come_as_they_are_asked_for() {
    let text: String = (0..300).map(|at| format!("\nWe ask for point {at}.\n")).collect();
    let letter = format!("{LETTER}{text}");
    let workspace = Workspace::new(&[
        ("letters/open.md", letter.as_str()),
        ("signatories/a.csv", "name\nAlder\n"),
    ]);
    let desk = Desk::open(&workspace);
    let whole = desk.get("/letters/open?page=all").text;
    let count = whole.matches("<figure class=\"page\"").count();
    assert!(count > 6 && !whole.contains("data-waiting"), "{count}");
    let drawn = |text: &str| text.matches("<figure").count() - text.matches("data-waiting").count();
    for address in ["/letters/open", "/letters/open?page=5", "/letters/open?page=99999"] {
        let page = desk.get(address).text;
        assert_eq!((page.matches("<figure").count(), drawn(&page)), (count, 3), "{address}");
    }
    let first = desk.get("/letters/open").text;
    assert!(first.contains("point 0.</text>") && !first.contains("point 299.</text>"));
    assert!(first.len() * 2 < whole.len(), "{} of {}", first.len(), whole.len());
    // By their hashes, pages come with where their lines come from; others are passed over.
    let id = whole
        .split("data-page=\"")
        .last()
        .and_then(|rest| rest.split('"').next());
    let id = id.expect("a page");
    let asked = desk
        .get(&format!("/letters/open/pages?ids={id},0000000000000000,..%2Fopen"))
        .text;
    assert!(
        asked.contains("point 299.</text>") && asked.contains("[606,606]"),
        "{asked}"
    );
    assert_eq!(asked.matches("<svg").count(), 1);
    assert_eq!(desk.get("/letters/nothing/pages?ids=0").status, 404);
    assert!(desk.get("/letters/open/pages?ids=").text.ends_with("{\"pages\":[]}"));
}

#[test]
fn no_edit_is_lost() {
    let workspace = workspace();
    let desk = Desk::open(&workspace);
    let other = Desk::open(&workspace);
    let file = || fs::read_to_string(workspace.path("letters/open.md")).expect("there");
    let page = desk.get("/letters/open").text;
    let theirs = other.get("/letters/open").text;
    // A form of another desk, and one without a token, are none of ours.
    assert_eq!(desk.post("/letters/open", &other.form(&theirs, "x")).status, 400);
    assert_eq!(desk.post("/letters/open", "seen=none&text=x").status, 400);
    assert_eq!(file(), LETTER);
    let new = LETTER.replace("ask", "demand");
    assert_eq!(desk.post("/letters/open", &desk.form(&page, &new)).status, 303);
    assert_eq!(file(), new);
    // Who saw the text from before gets both texts, and nothing is written.
    let clash = other.post("/letters/open", &other.form(&theirs, "My own words"));
    assert_eq!(clash.status, 409);
    assert!(clash.text.contains("My own words") && clash.text.contains("demand"));
    assert_eq!(file(), new);
    // So it is with an edit in another program.
    let page = desk.get("/letters/open").text;
    workspace.write("letters/open.md", new.replace("demand", "urge"));
    assert_eq!(desk.post("/letters/open", &desk.form(&page, "Mine")).status, 409);
    assert!(file().contains("urge"));
    // An act can be taken back from the command line.
    workspace.write("letters/open.md", &new);
    assert_eq!(workspace.run(&["undo"]).code, Some(0));
    assert_eq!(file(), LETTER);
}

#[test]
fn answers_carry_the_name_that_the_desk_was_opened_under() {
    let list = "name\nAlder Street Clinic\nTOTAL: 2\nTOTAL: 3\n";
    let workspace = Workspace::new(&[("letters/open.md", LETTER), ("signatories/a.csv", list)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_undersigned"));
    command
        .args(["serve", "--no-open", "--by", " Rosa\nDíaz "])
        .current_dir(workspace.root());
    let mut desk = Desk::start(command);
    let name = desk.names.clone().expect("the name is kept by the browser");
    assert!(
        name.starts_with("undersigned-by=Rosa%20D%C3%ADaz; Path=/; HttpOnly;"),
        "{name}"
    );
    let session = desk.cookie.clone();
    let mut answer = |name: &str| {
        desk.cookie = format!("{session}; {}", name.split(';').next().unwrap_or_default());
        let page = desk.get("/questions?list=a.csv").text;
        let form = page.split("action=\"/questions/answer\"").nth(1).expect("a question");
        let field = |name: &str| {
            let rest = form
                .split(&format!("name=\"{name}\" value=\""))
                .nth(1)
                .expect("a field");
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let fields = ["token", "seen", "key", "answer"].map(|name| format!("{name}={}", field(name)));
        let sent = desk.post("/questions/answer", &format!("{}&list=a.csv", fields.join("&")));
        assert_eq!(sent.status, 303, "{}", sent.text);
        assert!(page.contains("You answer as"), "{page}");
        fs::read_to_string(workspace.path("signatories/decisions.toml")).expect("saved")
    };
    assert!(answer(&name).contains("by = \"Rosa Díaz\""));
    // Whoever types another name at the browser answers under that.
    let saved = answer("undersigned-by=Ana");
    assert!(
        saved.contains("by = \"Rosa Díaz\"") && saved.contains("by = \"Ana\""),
        "{saved}"
    );
}

#[test]
fn what_goes_out_is_handed_out_and_written_nowhere() {
    let list = "name,email\nAlder Street Clinic,kim@alder.example\nBirch Union,\nTOTAL: 2,\n";
    let workspace = Workspace::new(&[("letters/open.md", LETTER), ("signatories/a.csv", list)]);
    let desk = Desk::open(&workspace);
    let token = |page: &str| {
        let (_, rest) = page.split_once("name=\"token\" value=\"").expect("a form");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let send = |path: &str, fields: &[(&str, &str)]| {
        let part = |(name, value): &(&str, &str)| {
            let file = if *name == "file" {
                "; filename=\"../ana.csv\""
            } else {
                ""
            };
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
        };
        let body: String = fields.iter().map(part).collect::<String>() + "--edge--\r\n";
        desk.post_bytes(path, "multipart/form-data; boundary=edge", body.as_bytes())
    };
    // Without a release there is nothing to deliver, and the page says so.
    let page = desk.get("/releases/deliver?letter=open").text;
    assert!(page.contains("only what was released is delivered"), "{page}");
    // The questions go to a colleague; the sheet has no address unless it is asked for.
    let sheet = |more: &str| desk.get(&format!("/questions/sheet?list=a.csv&format=csv{more}"));
    assert!(sheet("").text.contains("TOTAL") && !sheet("").text.contains("alder.example"));
    assert_eq!(desk.get("/questions/sheet?list=a.csv&format=exe").status, 404);
    let key = sheet("").text;
    let key = key
        .split("q-")
        .last()
        .map(|rest| rest.split(['\r', '\n', ',']).next().unwrap_or_default());
    let answers = format!(
        "Key,Answer\nq-{},not a signatory: leave it out\n",
        key.unwrap_or_default()
    );
    let own = token(&desk.get("/questions?list=a.csv").text);
    assert_eq!(
        send("/questions/answers", &[("list", "a.csv"), ("file", &answers)]).status,
        400
    );
    let taken = send(
        "/questions/answers",
        &[("token", &own), ("list", "a.csv"), ("file", &answers)],
    );
    assert_eq!(taken.status, 303, "{}", taken.text);
    let page = desk.get("/questions/answers/1?list=a.csv").text;
    assert!(
        page.contains("Will be saved") && page.contains("ana.csv, row 2"),
        "{page}"
    );
    assert!(!workspace.path("signatories/decisions.toml").exists());
    // What was kept of the page before an edit elsewhere is not saved over it.
    let field = |name: &str| {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let accept = format!(
        "token={own}&list=a.csv&answers={}&settings={}",
        field("answers"),
        field("settings")
    );
    workspace.write("signatories/decisions.toml", "# theirs\n");
    assert_eq!(desk.post("/questions/answers/1/accept", &accept).status, 409);
    fs::remove_file(workspace.path("signatories/decisions.toml")).expect("there");
    assert_eq!(desk.post("/questions/answers/1/accept", &accept).status, 303);
    let saved = fs::read_to_string(workspace.path("signatories/decisions.toml")).expect("saved");
    assert!(saved.contains("answer = \"not\""), "{saved}");
    // A bundle and drafts are files of the browser's; nothing is left in the workspace.
    let released = workspace.run(&["release", "letters/open.md", "--despite", "a test"]);
    assert_ne!(released.code, Some(2), "{}", released.err);
    let bundle = send(
        "/releases/deliver",
        &[("token", &own), ("letter", "open"), ("to", "press"), ("attach", "")],
    );
    assert_eq!(bundle.status, 200, "{}", bundle.text);
    assert!(
        bundle
            .text
            .contains("content-disposition: attachment; filename*=UTF-8''open-press.zip")
    );
    assert_eq!(
        send(
            "/releases/deliver",
            &[("token", &own), ("letter", "../x"), ("to", "press")]
        )
        .status,
        404
    );
    let drafts = [("token", &*own), ("letter", "open"), ("about", "thanks")];
    let drafts = send("/releases/tell", &drafts);
    assert_eq!(drafts.status, 200, "{}", drafts.text);
    assert!(drafts.text.contains("open-thanks.zip") && drafts.text.contains("Alder-Street-Clinic.eml"));
    assert_eq!(
        send("/releases/tell", &[("letter", "open"), ("about", "thanks")]).status,
        400
    );
    let page = desk.get("/releases/tell?letter=open&about=reminder").text;
    assert!(page.contains("choose the list that names them"), "{page}");
    for folder in ["output/open/deliver", "output/open/tell", ".undersigned/waiting"] {
        assert!(!workspace.path(folder).exists(), "{folder}");
    }
}

#[test]
fn large_slow_and_many_clients_hold_nobody_up() {
    let workspace = workspace();
    let desk = Desk::open(&workspace);
    let long = "x".repeat(200_000);
    let answer = desk.ask("GET", "/", &[("Cookie", &desk.cookie), ("X-Long", &long)], "");
    assert!(matches!(answer.status, 0 | 400 | 431), "{}", answer.status);
    // A body is refused by its length before it comes.
    let mut stream = desk.connect();
    let (port, cookie) = (desk.port, &desk.cookie);
    let head = format!(
        "POST /undo HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n\
         Content-Length: 99999999999\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("sent");
    assert_eq!(read(stream).status, 413);
    // More silent clients than there are places, each with half a head.
    let silent: Vec<TcpStream> = (0..140)
        .map(|_| {
            let mut stream = desk.connect();
            // Those that wait for a place are not read yet.
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: 127");
            stream
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(desk.get("/").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    drop(silent);
    // A hundred clients at a time all get their page.
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..100)
            .map(|_| scope.spawn(|| desk.get("/letters/open").status))
            .collect();
        for client in clients {
            assert_eq!(client.join().expect("answered"), 200);
        }
    });
}

#[test]
fn a_double_click_opens_the_desk() {
    let workspace = workspace();
    let double_click = |has_desktop: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_undersigned"));
        command
            .current_dir(workspace.root())
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DISPLAY");
        // No program that opens links is found, so that no browser starts.
        command.env("PATH", workspace.root());
        if has_desktop {
            command.env("DISPLAY", ":0");
        }
        command
    };
    let desk = Desk::start(double_click(true));
    let page = desk.get("/");
    assert_eq!(page.status, 200);
    assert!(page.text.contains("open"), "the letter is shown");
    if cfg!(not(any(windows, target_os = "macos"))) {
        // Where there is no desktop, nobody clicked: the help is printed.
        let out = double_click(false).stdin(Stdio::null()).output().expect("it runs");
        assert_eq!(out.status.code(), Some(2));
    }
}

#[test]
fn a_body_that_is_too_long_or_too_slow_ends() {
    let workspace = workspace();
    let desk = Desk::open(&workspace);
    let (port, cookie) = (desk.port, &desk.cookie);
    let head = |more: &str| {
        format!(
            "POST /undo HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n{more}\r\n\r\n"
        )
    };
    // More slow bodies than are read at a time.
    let slow: Vec<TcpStream> = (0..5)
        .map(|_| {
            let mut stream = desk.connect();
            stream.write_all(head("Content-Length: 100").as_bytes()).expect("sent");
            stream
        })
        .collect();
    // Pages have no body, and do not wait for those that have.
    assert_eq!(desk.get("/").status, 200);
    // A body that does not say how long it is ends at the limit.
    let mut stream = desk.connect();
    stream
        .write_all(head("Transfer-Encoding: chunked").as_bytes())
        .expect("sent");
    let chunk = format!("100000\r\n{}\r\n", "x".repeat(0x10_0000));
    for _ in 0..40 {
        // Once it has had enough, it does not listen any more.
        if stream.write_all(chunk.as_bytes()).is_err() {
            break;
        }
    }
    assert!(matches!(read(stream).status, 0 | 413));
    for stream in slow {
        assert_eq!(read(stream).status, 408);
    }
    let page = desk.get("/letters/open").text;
    let new = LETTER.replace("ask", "demand");
    assert_eq!(desk.post("/letters/open", &desk.form(&page, &new)).status, 303);
}

#[cfg(target_os = "linux")]
#[test]
fn memory_is_bounded() {
    let workspace = workspace();
    let desk = Desk::open(&workspace);
    let most = || {
        let status = fs::read_to_string(format!("/proc/{}/status", desk.process.id())).expect("it runs");
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .expect("a line");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
    };
    assert_eq!(desk.get("/letters/open").status, 200);
    let before = most();
    let body = "x=".to_owned() + &"y".repeat(8 << 20);
    std::thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(|| desk.post("/undo", &body));
        }
    });
    // Forty bodies of 8 MB each; four are read at a time, and each is held a few times over.
    let grown = most().saturating_sub(before);
    assert!(grown < 200, "{grown} MB");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_desk_with_pages_open() {
    let workspace = workspace();
    let mut desk = Desk::open(&workspace);
    let mut streams = Vec::new();
    for path in ["/events", "/letters/open/stream"] {
        let mut stream = desk.connect();
        let (port, cookie) = (desk.port, &desk.cookie);
        let head = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("sent");
        let mut begin = [0; 12];
        stream.read_exact(&mut begin).expect("an answer");
        assert_eq!(&begin, b"HTTP/1.1 200");
        streams.push(stream);
    }
    let begun = Instant::now();
    let pid = desk.process.id().to_string();
    Command::new("kill").arg(&pid).status().expect("sent");
    let status = desk.process.wait().expect("ended");
    assert!(status.success(), "{status}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
