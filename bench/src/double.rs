//! A Lambda Runtime API that hands a function one event after the other, at once, and looks at its process meanwhile.
//!
//! The stack's function host does more: time limits, logs, restarts. Here nothing must cost but the function.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Instant;

use anyhow::{Context, bail};

use crate::process;

/// What stands in every answer that lets the request through.
const FORWARDED: &str = r#""clientIp""#;

/// What the double tells whoever measures.
#[derive(Debug)]
pub(crate) enum News {
    /// The first answer has arrived.
    FirstAnswer(Instant),
    /// The function asks for the event of this number: so many are behind it.
    Asked(Look),
    /// All events are answered.
    Finished,
    /// It answered otherwise than expected, or not in the Runtime API's terms.
    Wrong(String),
}

/// A look at the process between two events.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Events answered so far.
    pub(crate) answered: usize,
    /// CPU time so far, in microseconds.
    pub(crate) cpu_time: f64,
    /// The double's own.
    pub(crate) own_cpu_time: f64,
    /// Resident memory, in kB.
    pub(crate) resident: u32,
    /// When.
    pub(crate) at: Instant,
}

/// The events of one run, and who gets them.
pub(crate) struct Double<'e> {
    /// Handed out in a circle.
    pub(crate) events: &'e [String],
    /// How many in all.
    pub(crate) count: usize,
    /// After how many to look at the process.
    pub(crate) looks: &'e [usize],
    /// The process.
    pub(crate) process: u32,
    given: AtomicUsize,
    is_over: AtomicBool,
}

impl<'e> Double<'e> {
    /// Nothing handed out yet.
    pub(crate) fn new(events: &'e [String], count: usize, looks: &'e [usize], process: u32) -> Double<'e> {
        let (given, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        Double { events, count, looks, process, given, is_over }
    }

    /// Serves every connection, until [`Double::stop`].
    pub(crate) fn serve(&self, listener: &TcpListener, news: &Sender<News>) {
        thread::scope(|scope| {
            for stream in listener.incoming() {
                if self.is_over.load(Ordering::Acquire) {
                    return;
                }
                scope.spawn(move || {
                    if let Err(error) = stream.map_err(Into::into).and_then(|s| self.connection(s, news)) {
                        // Nobody listens any more once the run is over.
                        drop(news.send(News::Wrong(format!("{error:#}"))));
                    }
                });
            }
        });
    }

    /// Ends [`Double::serve`]. Connections end with the process.
    pub(crate) fn stop(&self, address: SocketAddr) {
        self.is_over.store(true, Ordering::Release);
        drop(TcpStream::connect(address));
    }

    fn connection(&self, stream: TcpStream, news: &Sender<News>) -> anyhow::Result<()> {
        // Without it an answer waits for the acknowledgement of the one before.
        stream.set_nodelay(true)?;
        let mut writer = stream.try_clone()?;
        let mut reader = BufReader::with_capacity(64 * 1_024, stream);
        let mut reply = Vec::new();
        while let Some(request) = Request::read(&mut reader)? {
            reply.clear();
            if request.line.starts_with("GET /2018-06-01/runtime/invocation/next ") {
                self.next(news, &mut reply)?;
            } else if request.line.contains("/response ") && request.body.contains(FORWARDED) {
                if request.line.contains("/invocation/0/") {
                    news.send(News::FirstAnswer(now()))?;
                }
                reply.extend_from_slice(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
            } else {
                let start: String = request.body.chars().take(300).collect();
                bail!("unexpected: {} {start}", request.line.trim_end());
            }
            if reply.is_empty() {
                news.send(News::Finished)?;
            }
            writer.write_all(&reply)?;
        }
        Ok(())
    }

    /// Writes the next event, or nothing if there is none: the function waits for it until it is ended.
    fn next(&self, news: &Sender<News>, reply: &mut Vec<u8>) -> anyhow::Result<()> {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        if self.looks.contains(&number) {
            news.send(News::Asked(self.look(number)?))?;
        }
        if number >= self.count {
            return Ok(());
        }
        let event = self.events.get(number % self.events.len()).context("there is no event")?;
        write!(
            reply,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: {number}\r\n\
             Lambda-Runtime-Deadline-Ms: 4102444800000\r\nLambda-Runtime-Invoked-Function-Arn: \
             arn:aws:lambda:us-east-1:123456789012:function:measured\r\nContent-Length: {}\r\n\r\n{event}",
            event.len()
        )?;
        Ok(())
    }

    fn look(&self, answered: usize) -> anyhow::Result<Look> {
        Ok(Look {
            answered,
            cpu_time: process::cpu_time(self.process)?,
            own_cpu_time: process::cpu_time(std::process::id())?,
            resident: process::resident(self.process)?,
            at: now(),
        })
    }
}

struct Request {
    line: String,
    body: String,
}

impl Request {
    /// Nothing at the end of the connection.
    fn read(reader: &mut BufReader<TcpStream>) -> anyhow::Result<Option<Request>> {
        let mut line = String::new();
        // A process that is ended between two requests may reset the connection.
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return Ok(None);
        }
        let (mut length, mut field) = (0, String::new());
        while reader.read_line(&mut field)? > 2 {
            if let Some((name, value)) = field.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().context("the content length is not a number")?;
            }
            field.clear();
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        Ok(Some(Request { line, body: String::from_utf8(body)? }))
    }
}

#[expect(clippy::disallowed_methods, reason = "it measures")]
pub(crate) fn now() -> Instant {
    Instant::now()
}
