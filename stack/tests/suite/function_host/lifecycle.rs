//! The function host against real processes: when instances start, share the work, die and are replaced.

#[cfg(test)]
mod process {
    /// Whether a process is there and more than a zombie.
    pub(crate) fn is_running(pid: &str) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
    }
}

#[cfg(test)]
mod losses {
    use stack::function_host::Loss;

    /// The one instance that was lost.
    pub(crate) fn only_loss(losses: &[Loss]) -> Loss {
        match losses {
            [loss] => loss.clone(),
            others => panic!("expected one loss, found {others:?}"),
        }
    }
}

use std::time::Duration;

use super::python_function::{host, json};
use losses::only_loss;
use process::is_running;
use stack::function_host::{InvokeError, LogStream, LossCause};

#[tokio::test]
async fn an_instance_starts_with_the_first_event_and_is_reused() {
    let (host, _folder) =
        host("serve(lambda event, headers: event)", |settings| settings.instances = 1).await;
    assert_eq!(host.counts().cold_starts, 0);
    for n in 0..20 {
        assert_eq!(json(&host, &format!("{{\"n\":{n}}}")).await["n"], n);
    }
    let counts = host.counts();
    assert_eq!((counts.cold_starts, counts.invocations, counts.restarts), (1, 20, 0));
    host.stop().await;
}

#[tokio::test]
async fn a_crash_costs_its_event_only_and_the_instance_is_replaced() {
    let source = "serve(lambda event, headers: os._exit(3) if event['die'] else os.getpid())";
    let (host, _folder) = host(source, |settings| settings.instances = 1).await;
    let first = json(&host, r#"{"die":false}"#).await;
    match host.invoke(br#"{"die":true}"#).await {
        Err(InvokeError::Died { status }) => assert_eq!(status.unwrap().code(), Some(3)),
        other => panic!("{other:?}"),
    }
    assert_ne!(json(&host, r#"{"die":false}"#).await, first);
    let counts = host.counts();
    assert_eq!((counts.cold_starts, counts.restarts), (2, 1));
    let loss = only_loss(&host.losses());
    assert!(matches!(loss.cause, LossCause::ExitedUnanswered(Some(status)) if status.code() == Some(3)));
    assert_eq!((loss.instance, loss.event.unwrap().json.as_ref()), (1, br#"{"die":true}"#.as_slice()));
}

#[tokio::test]
async fn an_instance_that_exits_after_its_answer_gets_no_further_event() {
    let source = "
headers, event = next_event()
post('invocation/' + headers['Lambda-Runtime-Aws-Request-Id'] + '/response', os.getpid())
sys.exit()";
    let (host, _folder) = host(source, |settings| settings.instances = 1).await;
    let first = json(&host, r#"{"n":1}"#).await;
    assert_ne!(json(&host, r#"{"n":2}"#).await, first);
    assert_eq!(host.counts().restarts, 1);
    let loss = host.losses().swap_remove(0);
    assert!(matches!(loss.cause, LossCause::ExitedAnswered(Some(status)) if status.success()), "{loss:?}");
    assert_eq!(loss.event.unwrap().json.as_ref(), br#"{"n":1}"#);
}

#[tokio::test]
async fn an_instance_that_dawdles_after_its_answer_is_ended_and_the_loss_says_why() {
    let source = "
headers, event = next_event()
post('invocation/' + headers['Lambda-Runtime-Aws-Request-Id'] + '/response', os.getpid())
time.sleep(600)";
    let limit = Duration::from_secs(2);
    let (host, _folder) = host(source, |settings| (settings.instances, settings.timeout) = (1, limit)).await;
    let pid = json(&host, r#"{"n":1}"#).await.to_string();
    while is_running(&pid) {
        tokio::task::yield_now().await;
    }
    let loss = only_loss(&host.losses());
    assert_eq!(loss.cause, LossCause::Unfinished(limit));
    let event = loss.event.unwrap();
    assert!(event.took >= limit && event.waited.unwrap() < event.took, "{event:?}");
    assert_eq!(event.json.as_ref(), br#"{"n":1}"#);
}

#[tokio::test]
async fn an_instance_that_died_while_idle_is_replaced_unnoticed() {
    let source = "serve(lambda event, headers: os.getpid())";
    let (host, _folder) = host(source, |settings| settings.instances = 1).await;
    let first = json(&host, "{}").await.to_string();
    let killed = tokio::process::Command::new("kill").args(["-9", &first]).status().await.unwrap();
    assert!(killed.success());
    while is_running(&first) {
        tokio::task::yield_now().await;
    }
    assert_ne!(json(&host, "{}").await.to_string(), first);
    assert_eq!(host.counts().restarts, 1);
    let loss = only_loss(&host.losses());
    // It may be killed before it has asked for its next event, and is told of as that then.
    let idle = matches!(loss.cause, LossCause::ExitedIdle(Some(_))) && loss.event.is_none();
    assert!(idle || matches!(loss.cause, LossCause::ExitedAnswered(Some(_))), "{loss:?}");
}

#[tokio::test]
async fn an_event_that_takes_too_long_is_ended_with_what_it_started() {
    let source = "
child = subprocess.Popen(['sleep', '600'])
print(os.getpid(), child.pid)
serve(lambda event, headers: time.sleep(600) if event['sleep'] else 'awake')";
    let (host, _folder) = host(source, |settings| settings.instances = 1).await;
    assert_eq!(json(&host, r#"{"sleep":false}"#).await, "awake");
    host.stop().await;

    let (host, _folder) = super::python_function::host(source, |settings| {
        settings.instances = 1;
        settings.timeout = Duration::from_millis(300);
    })
    .await;
    match host.invoke(br#"{"sleep":true}"#).await {
        Err(InvokeError::TimedOut { after }) => assert_eq!(after, Duration::from_millis(300)),
        other => panic!("{other:?}"),
    }
    let loss = only_loss(&host.losses());
    assert_eq!(loss.cause, LossCause::Unanswered(Duration::from_millis(300)));
    assert_eq!(loss.event.unwrap().json.as_ref(), br#"{"sleep":true}"#);
    let line = host.logs().find(|line| line.stream == LogStream::Stdout).await;
    host.stop().await;
    for pid in line.text.split(' ') {
        while is_running(pid) {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a_host_that_stood_still_ends_nobody_for_it() {
    let source = "
def handler(event, headers):
    open('taken', 'w').close()
    time.sleep(1.5)
    open('done', 'w').close()
    return event
serve(handler)";
    let (host, folder) = host(source, |settings| {
        (settings.instances, settings.timeout) = (1, Duration::from_secs(1));
    })
    .await;
    let invoked = host.invoke(b"1");
    tokio::pin!(invoked);
    while !folder.path().join("taken").exists() {
        tokio::select! {
            answered = &mut invoked => panic!("{answered:?}"),
            () = tokio::task::yield_now() => {}
        }
    }
    // The host's only thread: nothing of it runs until the function has long been through.
    while !folder.path().join("done").exists() {
        std::thread::yield_now();
    }
    assert_eq!(invoked.await.unwrap(), "1");
    assert!(host.losses().is_empty(), "{:?}", host.losses());
}

#[tokio::test]
async fn ten_events_at_once_share_three_instances() {
    // Each of the first three waits for the two others: only three at once can finish.
    let source = "
def handler(event, headers):
    open('seen.%d' % os.getpid(), 'w').close()
    while len([name for name in os.listdir('.') if name.startswith('seen.')]) < 3:
        time.sleep(0.01)
    return event
serve(handler)";
    let (host, _folder) = host(source, |settings| settings.instances = 3).await;
    let host = std::sync::Arc::new(host);
    let events: Vec<_> = (0..10)
        .map(|n| {
            let host = std::sync::Arc::clone(&host);
            tokio::spawn(async move { json(&host, &n.to_string()).await })
        })
        .collect();
    for (n, event) in events.into_iter().enumerate() {
        assert_eq!(event.await.unwrap(), n);
    }
    let counts = host.counts();
    assert_eq!((counts.cold_starts, counts.invocations, counts.throttles), (3, 10, 0));
}

#[tokio::test]
async fn beyond_the_line_events_are_throttled() {
    let source = "
def handler(event, headers):
    print('busy')
    while not os.path.exists('go'):
        time.sleep(0.01)
    return event
serve(handler)";
    let (host, folder) = host(source, |settings| (settings.instances, settings.queue) = (1, 0)).await;
    let mut logs = host.logs();
    let first = host.invoke(b"1");
    tokio::pin!(first);
    tokio::select! {
        answered = &mut first => panic!("{answered:?}"),
        _ = logs.find(|line| &*line.text == "busy") => {}
    }
    let refused = host.invoke(b"2").await;
    assert!(matches!(refused, Err(InvokeError::Throttled { instances: 1, queue: 0 })), "{refused:?}");
    std::fs::write(folder.path().join("go"), "").unwrap();
    assert_eq!(first.await.unwrap(), "1");
    assert_eq!(host.counts().throttles, 1);
}

#[tokio::test]
async fn an_event_runs_to_its_end_though_nobody_waits() {
    let source = "
def handler(event, headers):
    print('got', event)
    while event == 1 and not os.path.exists('go'):
        time.sleep(0.01)
    return event
serve(handler)";
    let (host, folder) = host(source, |settings| settings.instances = 1).await;
    let mut logs = host.logs();
    tokio::select! {
        _ = host.invoke(b"1") => panic!("answered before it may"),
        _ = logs.find(|line| &*line.text == "got 1") => {}
    }
    std::fs::write(folder.path().join("go"), "").unwrap();
    assert_eq!(json(&host, "2").await, 2);
    assert_eq!(host.counts().cold_starts, 1);
}

#[tokio::test]
async fn dropping_the_host_ends_every_process_even_in_the_middle_of_an_event() {
    let source = "
print(os.getpid())
serve(lambda event, headers: time.sleep(600))";
    let (host, _folder) = host(source, |_| {}).await;
    let mut logs = host.logs();
    let pid = tokio::select! {
        answered = host.invoke(b"1") => panic!("{answered:?}"),
        line = logs.next_line() => line.text,
    };
    assert!(is_running(&pid));
    drop(host);
    while is_running(&pid) {
        tokio::task::yield_now().await;
    }
}
