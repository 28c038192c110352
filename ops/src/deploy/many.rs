//! The same work for many things, a few at a time: AWS throttles who asks for more.

use std::future::Future;
use std::panic::resume_unwind;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

const AT_ONCE: usize = 4;

/// Does `work` with each of `items` and returns the results in their order. What is not done when this is dropped is
/// given up.
pub async fn each<T, R, F>(items: impl IntoIterator<Item = T>, work: impl Fn(T) -> F) -> Vec<R>
where
    F: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut tasks = JoinSet::new();
    for (position, item) in items.into_iter().enumerate() {
        let (room, work) = (Arc::clone(&room), work(item));
        tasks.spawn(async move {
            let _permit = room.acquire().await;
            (position, work.await)
        });
    }
    let mut results = Vec::new();
    while let Some(done) = tasks.join_next().await {
        match done.map_err(tokio::task::JoinError::try_into_panic) {
            Ok(result) => results.push(result),
            Err(Ok(panic)) => resume_unwind(panic),
            Err(Err(_never_given_up)) => {}
        }
    }
    results.sort_by_key(|(position, _)| *position);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[tokio::test]
    async fn results_come_in_the_order_of_the_things() {
        let doubled = each(0..50_u32, |number| async move {
            for _ in 0..(50 - number) {
                tokio::task::yield_now().await;
            }
            number * 2
        });
        assert_eq!(doubled.await, (0..50).map(|number| number * 2).collect::<Vec<_>>());
    }
}
