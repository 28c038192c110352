//! Cases 22, 26 and 27: sign-in attempts, their age and their number.

use crate::fixture::*;

#[test]
fn case_22_an_attempt_is_good_for_ten_minutes_and_no_second_longer() {
    for (seconds, status) in [(0, 303), (600, 303), (601, 400), (86_400, 400)] {
        let mut fixture = Fixture::new();
        let mut browser = Browser::default();
        let url = browser.callback(&mut fixture, "/private");
        // A browser that keeps the cookie longer than it was told to.
        let cookies = browser.cookies(NOW);
        fixture.now += seconds;
        let answer = fixture.ask(Ask::page(&url).cookies(&cookies));
        assert_eq!(answer.status(), status, "{seconds}");
        assert_eq!(fixture.pool.token_calls(), usize::from(status == 303));
    }
}

#[test]
fn case_22_an_attempt_from_the_future_is_refused() {
    for (seconds, status) in [(60, 303), (61, 400), (86_400, 400)] {
        let mut fixture = Fixture::new();
        fixture.now += seconds;
        let mut browser = Browser::default();
        let url = browser.callback(&mut fixture, "/private");
        fixture.now -= seconds;
        let answer = browser.ask(&mut fixture, Ask::page(&url));
        assert_eq!(answer.status(), status, "{seconds}");
    }
}

#[test]
fn case_26_two_tabs_finished_in_either_order_end_on_their_own_pages() {
    for layout in LAYOUTS {
        for first in [0, 1] {
            let mut fixture = Fixture::with_layout(layout);
            let mut browser = Browser::default();
            let pages = ["/one?q=1", "/two?q=2"];
            let tabs = pages.map(|page| browser.callback(&mut fixture, page));
            for tab in [first, 1 - first] {
                let answer = browser.ask(&mut fixture, Ask::page(&tabs[tab]));
                assert_eq!((answer.status(), answer.location()), (303, pages[tab]), "{layout}");
                browser.open(&mut fixture, pages[tab]).assert_forwarded();
            }
            assert!(!browser.names().iter().any(|name| name.contains("sign-in")), "{:?}", browser.names());
        }
    }
}

#[test]
fn case_26_six_tabs_opened_one_after_the_other_all_end_on_their_own_pages() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    let pages: Vec<String> = (0..6).map(|number| format!("/page-{number}")).collect();
    let tabs: Vec<String> = pages.iter().map(|page| browser.callback(&mut fixture, page)).collect();
    for (tab, page) in tabs.iter().zip(&pages) {
        let answer = browser.ask(&mut fixture, Ask::page(tab));
        // The first two attempts were replaced; their page begins again by itself.
        let last = browser.follow(&mut fixture, answer);
        assert_eq!(last.assert_forwarded().uri(), page);
    }
}

#[test]
fn case_27_fifty_parallel_requests_and_one_page_sign_in() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = Browser::default();
        let page = fixture.ask(Ask::page("/private"));
        let parts: Vec<Answer> = (0..50)
            .map(|number| {
                let ask = Ask::new("GET", &format!("/asset-{number}.js")).header("Sec-Fetch-Dest", "script");
                fixture.ask(ask.header("Sec-Fetch-Mode", "no-cors"))
            })
            .collect();
        for part in &parts {
            assert_eq!((part.status(), part.set_cookies().len()), (401, 0));
        }
        browser.store(&page, NOW);
        browser.follow(&mut fixture, page).assert_forwarded();
        assert_eq!(browser.trips, 1);
    }
}

#[test]
fn case_27_fifty_pages_at_once_leave_four_cookies_and_sign_in_all_the_same() {
    for position in [0, 7, 25, 49] {
        let mut fixture = Fixture::new();
        let mut browser = Browser::default();
        let answers: Vec<Answer> =
            (0..50).map(|number| fixture.ask(Ask::page(&format!("/page-{number}")))).collect();
        for answer in &answers {
            browser.store(answer, NOW);
        }
        assert!(browser.names().len() <= 4, "{:?}", browser.names());
        assert!(Ask::page("/").cookies(&browser.cookies(NOW)).event().to_string().len() < 8_192);
        let last = browser.follow(&mut fixture, answers[position].clone());
        assert_eq!(last.assert_forwarded().uri(), format!("/page-{position}"));
        assert!(browser.trips <= 2);
    }
}

#[test]
fn case_27_attempts_one_after_the_other_never_fill_the_header() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    for number in 0..100 {
        browser.ask(&mut fixture, Ask::page(&format!("/page-{number}")));
        assert!(browser.names().len() <= 4);
        assert!(browser.cookies(NOW).len() < 1_000);
    }
}
