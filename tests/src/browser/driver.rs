//! The process that drives the browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::BrowserError;

/// What the driver writes before the number of its port.
const READY: &str = "started successfully on port ";
/// How often it is started. It takes a free port of IPv6 and wants the same one of IPv4; where another test listens there,
/// it ends ("IPv4 port not available").
const ATTEMPTS: usize = 5;
/// How long the driver may take to close the browser.
const FAREWELL: Duration = Duration::from_secs(10);

/// A running chromedriver. When it is dropped, it closes its browser and is gone, also while a test panics.
///
/// It stays in the test's process group, so that a harness which ends the group ends it too; its browser, which has
/// a group of its own, ends when the pipe between the two is closed.
#[derive(Debug)]
pub(super) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts one on a port that the operating system chooses. Blocks until it listens.
    pub(super) fn start() -> Result<Driver, BrowserError> {
        let mut said = String::new();
        for _ in 0..ATTEMPTS {
            match Driver::launch()? {
                Ok(driver) => return Ok(driver),
                Err(instead) => said = instead,
            }
        }
        Err(BrowserError::NoPort(said))
    }

    /// Starts one, or gives what it said instead of its port.
    fn launch() -> Result<Result<Driver, String>, BrowserError> {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(BrowserError::Driver)?;
        let output = process.stdout.take();
        // From here on the process ends with this value.
        let mut driver = Driver { process, port: 0 };
        let mut output = BufReader::new(output.ok_or_else(|| BrowserError::NoPort(String::new()))?);
        driver.port = match port(&mut output) {
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
        let request = format!("GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port);
        connection.write_all(request.as_bytes())?;
        connection.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.port == 0 || self.shut_down().is_err() {
            // Its browser sees the pipe close, and follows. A process that has ended cannot be killed; so much the better.
            let _ended_before = self.process.kill();
        }
        let _status = self.process.wait();
    }
}

/// The port, or everything that was said without naming one.
fn port(output: &mut impl BufRead) -> Result<u16, String> {
    let mut said = String::new();
    for line in output.lines().map_while(Result::ok) {
        if let Some((_, port)) = line.split_once(READY)
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
    use super::port;

    #[test]
    fn the_port_is_read_from_what_the_driver_says() {
        let output =
            "Starting ChromeDriver 1.2 on port 0\nChromeDriver was started successfully on port 34507.\n";
        assert_eq!(port(&mut output.as_bytes()), Ok(34_507));
        assert_eq!(port(&mut "Unable to start\n".as_bytes()), Err("Unable to start\n".to_owned()));
    }
}
