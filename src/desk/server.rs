//! Listens, and hands each request to its screen.
//!
//! In: the workspace's folder and a port. Out: answers, until a signal ends the desk.
//! Guaranteed: only this machine can connect; a request is refused by its head before its
//! body is read; heads, bodies and connections are bounded in time, size and number; a
//! signal ends the desk within a second, with pages open. Absent: what the pages show.

use super::error::refused;
use super::security::{Admission, Guard, Refusal, protect};
use super::state::{Desk, Shared};
use super::{assets, live, screens};
use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How long a client may take to send the head of a request, and may be silent before one.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// How long a client may take to send a body.
const BODY_TIME: Duration = Duration::from_secs(10);

/// Longest head, in bytes.
const HEAD_SIZE: usize = 32 << 10;

/// Longest body, in bytes: a list of 100,000 rows that is dropped on the desk.
const BODY_SIZE: usize = 32 << 20;

/// Most clients at a time; others wait. A browser opens six connections a host.
const CLIENTS: usize = 128;

/// Most bodies that are read at a time.
const BODIES: usize = 4;

/// How long requests at hand may take once a signal ends the desk.
const LAST_WORDS: Duration = Duration::from_millis(600);

/// The settings of the desk.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// A folder within the workspace.
    pub folder: PathBuf,
    /// The port; 0: any that is free.
    pub port: u16,
    /// Who answers in the browser that opens the link, until that browser gives another name.
    pub by: Option<String>,
}

/// Says why the desk could not open.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program listens at the port.
    #[error("port {0} is in use; choose another with --port, or leave it out for a free one")]
    Taken(u16),
    /// The system lets nobody listen.
    #[error("cannot open the desk")]
    Listen(#[from] io::Error),
    /// The system has no random numbers for the link.
    #[error("cannot make a secret link: {0}")]
    Secret(getrandom::Error),
    /// What an earlier run left in the workspace cannot be finished.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}

/// Opens the desk and serves it until Ctrl-C or a signal to end. `announce` is told the
/// one-time link once the desk can be reached.
///
/// # Errors
/// When the desk cannot be opened, or `announce` fails.
pub fn serve<E: From<ServeError>>(
    options: &ServeOptions,
    announce: impl FnOnce(&str) -> Result<(), E>,
) -> Result<(), E> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Listen)?;
    let served = runtime.block_on(async {
        let (listener, desk) = open(options).await?;
        let link = desk.guard.link().unwrap_or_default();
        announce(&format!("http://127.0.0.1:{}{link}", desk.port))?;
        run(listener, desk)
            .await
            .map_err(|error| ServeError::from(error).into())
    });
    // Work at hand on other threads has no reader any more.
    runtime.shutdown_background();
    served
}

/// Begins to listen.
async fn open(options: &ServeOptions) -> Result<(TcpListener, Shared), ServeError> {
    let address = (Ipv4Addr::LOCALHOST, options.port);
    let listener = TcpListener::bind(address).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::Taken(options.port),
        _ => ServeError::Listen(error),
    })?;
    let port = listener.local_addr()?.port();
    let guard = Guard::new(port).map_err(ServeError::Secret)?;
    let desk = Arc::new(Desk::new(&options.folder, port, guard, options.by.as_deref()));
    crate::store::finish_interrupted(&desk.paths, &desk.root)?;
    Ok((listener, desk))
}

/// Takes connections until a signal comes; then ends those that are open.
async fn run(listener: TcpListener, desk: Shared) -> io::Result<()> {
    let router = routes(&desk);
    let watcher = live::watch(&desk);
    let (end, ended) = watch::channel(());
    let clients = Arc::new(Semaphore::new(CLIENTS));
    let bodies = Arc::new(Semaphore::new(BODIES));
    let mut open = JoinSet::new();
    let mut signal = std::pin::pin!(signal());
    loop {
        while open.try_join_next().is_some() {}
        let accepted = async {
            let place = Arc::clone(&clients).acquire_owned().await;
            listener.accept().await.map(|(stream, _)| (stream, place))
        };
        let (stream, place) = tokio::select! {
            () = &mut signal => break,
            accepted = accepted => match accepted {
                Ok(accepted) => accepted,
                // Too many open files, or a client that went away: others may come.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
        };
        let client = client(
            stream,
            Arc::clone(&desk),
            router.clone(),
            Arc::clone(&bodies),
            ended.clone(),
        );
        open.spawn(async move {
            client.await;
            drop(place);
        });
    }
    drop(watcher);
    // Streams of events have no end of their own, so they end first.
    desk.events.end();
    drop(end);
    let last = async { while open.join_next().await.is_some() {} };
    // Whoever is not done by then is cut short.
    let _ = timeout(LAST_WORDS, last).await;
    Ok(())
}

/// Waits for Ctrl-C or the signal to end.
async fn signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::terminate(), SignalKind::hangup()];
        if let [Ok(mut terminate), Ok(mut hangup)] = kinds.map(signal) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
                _ = hangup.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Serves one connection.
async fn client(
    stream: TcpStream,
    desk: Shared,
    router: Router,
    bodies: Arc<Semaphore>,
    mut ended: watch::Receiver<()>,
) {
    // Small answers are not held back.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let answer = answer(Arc::clone(&desk), router.clone(), Arc::clone(&bodies), request);
        async move { Ok::<_, Infallible>(answer.await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // A client that breaks off or speaks nonsense is nobody's loss.
        _ = connection.as_mut() => {}
        _ = ended.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// Answers one request.
async fn answer(desk: Shared, router: Router, bodies: Arc<Semaphore>, request: Request<Incoming>) -> Response {
    let (head, body) = request.into_parts();
    let mut response = match desk.guard.admit(&head) {
        Err(refusal) => refuse(refusal),
        Ok(Admission::Enter) => enter([&desk.guard.set_cookie()].into_iter().chain(&desk.entrance)),
        Ok(Admission::Inside) => enter(std::iter::empty()),
        Ok(Admission::Welcome) if is_too_large(&head) => too_large(),
        Ok(Admission::Welcome) => {
            let read = match body.is_end_stream() {
                // A page has no body, and waits for nobody's.
                true => Ok(Ok(Bytes::new())),
                false => {
                    let _place = bodies.acquire().await;
                    timeout(BODY_TIME, to_bytes(Body::new(body), BODY_SIZE)).await
                }
            };
            match read {
                Ok(Ok(bytes)) => {
                    let request = Request::from_parts(head, Body::from(bytes));
                    let Ok(answer) = TowerToHyperService::new(router).call(request).await;
                    answer
                }
                Ok(Err(_)) => too_large(),
                Err(_) => closing(refused(
                    StatusCode::REQUEST_TIMEOUT,
                    "the request took too long to arrive",
                    "try again",
                )),
            }
        }
    };
    protect(response.headers_mut());
    response
}

/// Returns true if a request says itself that its body is longer than the desk takes.
fn is_too_large(head: &Parts) -> bool {
    let length = head
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok());
    length.is_some_and(|length| length.parse().map_or(true, |length: usize| length > BODY_SIZE))
}

fn too_large() -> Response {
    closing(refused(
        StatusCode::PAYLOAD_TOO_LARGE,
        "this is larger than the desk takes",
        "the limit is 32 MB; use the command line for larger files",
    ))
}

/// Tells the client that the connection ends: the rest of its request is not read.
fn closing(mut response: Response) -> Response {
    let close = HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

/// Leads on to the clean address.
fn enter<'a>(cookies: impl Iterator<Item = &'a String>) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, "/")]).into_response();
    for cookie in cookies.filter_map(|cookie| HeaderValue::try_from(cookie).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Says why a request is refused; to another site, nothing more than that.
fn refuse(refusal: Refusal) -> Response {
    let again = "to get a new link, press Ctrl-C in the terminal and run `undersigned serve` again";
    closing(match refusal {
        Refusal::Host | Refusal::Origin | Refusal::Site => (StatusCode::FORBIDDEN, "forbidden\n").into_response(),
        Refusal::Link => refused(
            StatusCode::FORBIDDEN,
            "this link was used already, or is not complete",
            again,
        ),
        Refusal::Cookie => refused(
            StatusCode::FORBIDDEN,
            "this browser has not opened the desk",
            "open the link that `undersigned serve` printed; if it was used already, press Ctrl-C in the \
                terminal and run the command again",
        ),
    })
}

/// Returns the routes of all screens.
fn routes(desk: &Shared) -> Router {
    let router = screens::routes().merge(assets::routes()).merge(live::routes());
    let router = router.fallback(screens::not_found);
    router
        .layer(axum::extract::DefaultBodyLimit::disable())
        .with_state(Arc::clone(desk))
}
