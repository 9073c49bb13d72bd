//! What others meet: code hosts, web servers, new users.

use super::corpus::run_program;
use assert_cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

fn letter(body: &str) -> BTreeMap<String, String> {
    let header = "kind = \"letter\"\ntitle = \"A\"\nsignatories = [\"../signatories/a.csv\"]";
    BTreeMap::from([
        ("letters/a.md".to_owned(), format!("+++\n{header}\n+++\n{body}\n")),
        (
            "signatories/a.csv".to_owned(),
            "name,email\nRiver Alliance,secret@example.org\n".to_owned(),
        ),
    ])
}

/// Answers every request, as a proxy for any host: `/gone` with 404, HEAD of `/shy` with 405,
/// `/inward` with a redirect to this machine, else 200.
fn serve() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
            let mut read = || {
                let mut request = String::new();
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
                        return request;
                    }
                    request += &line;
                }
            };
            let mut request = read();
            if request.starts_with("CONNECT") {
                let _ = write!(stream, "HTTP/1.1 200 OK\r\n\r\n");
                request = read();
            }
            let first = request.lines().next().unwrap_or_default().to_owned();
            let status = match first.as_str() {
                line if line.contains("/gone") => "404 Not Found",
                line if line.starts_with("HEAD /shy") => "405 Method Not Allowed",
                line if line.contains("/inward") => "302 Found\r\nLocation: http://169.254.169.254/meta",
                _ => "200 OK",
            };
            log.lock().expect("no panic").push(request);
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
        }
    });
    (port, heard)
}

/// Checks a letter with its links, which a proxy answers; returns what is said of dead links.
fn online(body: &str, port: u16) -> (Vec<String>, Option<i32>) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in letter(body) {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .args(["check", "--online", "--format", "json"])
        .env("ALL_PROXY", format!("http://127.0.0.1:{port}"))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .current_dir(dir.path())
        .output()
        .expect("the binary runs");
    let lines = String::from_utf8(output.stderr).expect("UTF-8");
    let said = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let dead = said.filter(|said| said["code"] == "dead-link");
    let messages = dead.map(|said| said["message"].as_str().unwrap_or_default().to_owned());
    (messages.collect(), output.status.code())
}

#[test]
fn links_are_asked_once_and_only_when_told_to() {
    let (port, heard) = serve();
    let at = |path: &str| format!("[x](http://a.example/{path})");
    let own = format!("[x](http://127.0.0.1:{port}/private) [x](http://localhost:{port}/private)");
    let body = format!(
        "{} {} {} {} {} {own}",
        at("well"),
        at("gone"),
        at("shy"),
        at("well#part"),
        at("inward")
    );
    let (said, _) = run_program(&letter(&body), &[]);
    assert!(
        heard.lock().expect("no panic").is_empty(),
        "asked without being told to"
    );
    assert!(said.iter().all(|said| said.code != "dead-link"));

    let (dead, code) = online(&body, port);
    let private = "was not checked: it leads to a private network";
    assert_eq!(
        dead,
        [
            "`http://a.example/gone` answers with status 404".to_owned(),
            format!("`http://a.example/inward` {private}"),
            format!("`http://127.0.0.1:{port}/private` {private}"),
            format!("`http://localhost:{port}/private` {private}"),
        ]
    );
    assert_eq!(code, Some(1));
    let heard = heard.lock().expect("no panic");
    let mut asked: Vec<&str> = heard.iter().filter_map(|request| request.lines().next()).collect();
    asked.sort_unstable();
    let expected = [
        "GET /gone HTTP/1.1",
        "GET /shy HTTP/1.1",
        "HEAD /gone HTTP/1.1",
        "HEAD /inward HTTP/1.1",
        "HEAD /shy HTTP/1.1",
        "HEAD /well HTTP/1.1",
    ];
    assert_eq!(asked, expected);
    assert!(
        heard
            .iter()
            .all(|request| request.contains("undersigned/") && !request.contains("secret"))
    );
}

#[test]
fn code_hosts_get_sarif() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in letter("We ask the the council. TODO") {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_undersigned"))
        .args(["check", "--format", "sarif"])
        .current_dir(dir.path())
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(1));
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(
            rules[index]["shortDescription"]["text"].is_string() && rules[index]["fullDescription"]["text"].is_string()
        );
        assert!(result["message"]["text"].is_string());
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().expect("a level")));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "letters/a.md");
        assert_eq!(place["region"]["startLine"], 6);
    }
}

#[test]
fn a_new_workspace_is_clean_but_for_its_sample_signatories() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let run = |arguments: &[&str], folder: &std::path::Path| {
        Command::new(env!("CARGO_BIN_EXE_undersigned"))
            .args(arguments)
            .current_dir(folder)
            .output()
            .expect("the binary runs")
    };
    assert!(run(&["new", "campaign"], dir.path()).status.success());
    let output = run(&["check", "--format", "short"], &dir.path().join("campaign"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.lines().all(|line| line.contains("error[sample-row]")), "{said}");
    assert_eq!(said.lines().count(), 5, "{said}");
    assert_eq!(output.status.code(), Some(1));
    // They do not slip into a release, also among others.
    let campaign = dir.path().join("campaign");
    std::fs::write(
        campaign.join("form.csv"),
        "name\nRiver Valley Tenants\nLakeside Legal Aid\n",
    )
    .expect("a file");
    let imported = run(
        &["import", "form.csv", "--into", "signatories/first-letter.csv"],
        &campaign,
    );
    assert!(imported.status.success());
    let released = run(&["release", "letters/first-letter.md"], &campaign);
    assert_eq!(
        released.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&released.stderr)
    );
    assert!(!campaign.join("releases").exists() && !campaign.join("output/first-letter/releases").exists());
}
