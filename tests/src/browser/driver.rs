//! The process that drives the browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{BrowserError, Engine};

/// How often it is started. Chromium's takes a free port of IPv6 and wants the same one of IPv4; where another test listens there,
/// it ends ("IPv4 port not available").
const ATTEMPTS: usize = 5;
/// How long the driver may take to close the browser.
const FAREWELL: Duration = Duration::from_secs(10);

/// A running driver. When it is dropped, it closes its browser and is gone, also while a test panics.
///
/// It stays in the test's process group, so that a harness which ends the group ends it too; its browser, which has
/// a group of its own, ends when the pipe between the two is closed.
#[derive(Debug)]
pub(super) struct Driver {
    engine: Engine,
    process: Child,
    port: u16,
    /// The browser's session, once there is one.
    pub(super) session: Option<String>,
}

impl Driver {
    /// Starts one on a port that the operating system chooses. Blocks until it listens.
    pub(super) fn start(engine: Engine) -> Result<Driver, BrowserError> {
        let mut said = String::new();
        for _ in 0..ATTEMPTS {
            match Driver::launch(engine)? {
                Ok(driver) => return Ok(driver),
                Err(instead) => said = instead,
            }
        }
        Err(BrowserError::NoPort(said))
    }

    /// Starts one, or gives what it said instead of its port.
    fn launch(engine: Engine) -> Result<Result<Driver, String>, BrowserError> {
        let (program, arguments) = engine.driver();
        let mut process = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(BrowserError::Driver)?;
        let output = process.stdout.take();
        // From here on the process ends with this value.
        let mut driver = Driver { engine, process, port: 0, session: None };
        let mut output = BufReader::new(output.ok_or_else(|| BrowserError::NoPort(String::new()))?);
        driver.port = match port(&mut output, engine.ready()) {
            Ok(port) => port,
            Err(said) => return Ok(Err(said)),
        };
        // A full pipe would stop the driver.
        thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Ok(Ok(driver))
    }

    /// Where it takes commands.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Has it close its browser and end.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        connection.set_read_timeout(Some(FAREWELL))?;
        let asked = match (self.engine, &self.session) {
            (Engine::Chromium, _) => "GET /shutdown".to_owned(),
            (Engine::Firefox, Some(session)) => format!("DELETE /session/{session}"),
            (Engine::Firefox, None) => return Ok(()),
        };
        let request =
            format!("{asked} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        connection.write_all(request.as_bytes())?;
        connection.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let is_closed = self.port != 0 && self.shut_down().is_ok();
        if !is_closed || self.engine == Engine::Firefox {
            // Its browser is closed, or sees the pipe close, and follows. A process that has ended cannot be killed; so much the better.
            let _ended_before = self.process.kill();
        }
        let _status = self.process.wait();
    }
}

/// The port, or everything that was said without naming one.
fn port(output: &mut impl BufRead, ready: &str) -> Result<u16, String> {
    let mut said = String::new();
    for line in output.lines().map_while(Result::ok) {
        if let Some((_, port)) = line.split_once(ready)
            && let Ok(port) = port.trim_end_matches('.').parse()
        {
            return Ok(port);
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(said)
}

#[cfg(test)]
mod tests {
    use super::{Engine, port};

    #[test]
    fn the_port_is_read_from_what_the_driver_says() {
        let output =
            "Starting ChromeDriver 1.2 on port 0\nChromeDriver was started successfully on port 34507.\n";
        let ready = Engine::Chromium.ready();
        assert_eq!(port(&mut output.as_bytes(), ready), Ok(34_507));
        let output = "1795694400000\tgeckodriver\tINFO\tListening on 127.0.0.1:34508\n";
        assert_eq!(port(&mut output.as_bytes(), Engine::Firefox.ready()), Ok(34_508));
        assert_eq!(port(&mut "Unable to start\n".as_bytes(), ready), Err("Unable to start\n".to_owned()));
    }
}
