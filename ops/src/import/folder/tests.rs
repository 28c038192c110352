use super::*;
use crate::import::dates;
use crate::import::document::Document;
use crate::moment::Moment;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn only(files: &[(&str, &str)]) -> Document {
    let folder = folder(files);
    let read = read(folder.path()).unwrap();
    assert_eq!(read.left_out, [] as [&str; 0]);
    let [document] = read.documents.as_slice() else { panic!("{read:?}") };
    document.clone()
}

fn day(date: &str) -> Option<Moment> {
    dates::parse(date)
}

#[test]
fn zola_says_its_paths_and_aliases() {
    let file = "+++\npath = \"2025/06/26/Rust-1.88.0\"\ntitle = \"Announcing\"\ndescription = \"S\"\n\
                aliases = [\"releases/1.88.0\", \"2025/06/26/x.html\"]\n[taxonomies]\ntags = [\"a\"]\n+++\n\nText.\n";
    let document = only(&[("Rust.md", file)]);
    assert_eq!(document.address, "/2025/06/26/Rust-1.88.0/");
    assert_eq!(document.aliases, ["/2025/06/26/x.html", "/releases/1.88.0/"]);
    assert_eq!((document.title.as_str(), document.summary.as_str()), ("Announcing", "S"));
    assert_eq!((document.date, document.publish), (day("2025-06-26"), true));
    assert_eq!((document.tags, document.body.as_str()), (vec!["a".to_owned()], "Text.\n"));
    assert_eq!(document.source, "folder:Rust.md");
}

#[test]
fn hugo_has_bundles_sections_and_languages() {
    let folder = folder(&[
        ("hugo.toml", ""),
        ("content/_index.md", "---\ntitle: Home\n---\n"),
        ("content/posts/_index.md", "---\ntitle: Posts\n---\nWelcome.\n"),
        (
            "content/posts/first/index.md",
            "---\ntitle: First\ndate: 2026-01-02\ndraft: true\n---\n![A](a.png)\n",
        ),
        ("content/posts/first/a.png", "x"),
        (
            "content/posts/second.de.md",
            "---\ntitle: Zwei\nslug: zwei\nexpiryDate: 2030-01-01\nweight: 3\n---\n[1]({{< ref \"first\" >}})",
        ),
        ("content/about.md", "---\ntitle: About\nurl: /about-us.html\n---\nx"),
        ("layouts/readme.md", "not content"),
    ]);
    let read = read(folder.path()).unwrap();
    let addresses: Vec<&str> = read.documents.iter().map(|document| document.address.as_str()).collect();
    assert_eq!(addresses, ["/about-us/", "/de/posts/zwei/", "/posts/", "/posts/first/"]);
    let sections: Vec<(&str, &str)> =
        read.sections.iter().map(|section| (section.path.as_str(), section.title.as_str())).collect();
    assert_eq!(sections, [("/", "Home"), ("/posts/", "Posts")]);
    let [about, second, _, first] = read.documents.as_slice() else { panic!("{read:?}") };
    assert_eq!(about.aliases, ["/about-us.html"]);
    assert_eq!((first.publish, first.date), (false, day("2026-01-02")));
    assert_eq!(first.pictures[0].reference, "a.png");
    assert_eq!((second.language.as_str(), second.order), ("de", Some(3)));
    assert_eq!((second.body.as_str(), second.unpublish_at), ("[1](/posts/first/)", day("2030-01-01")));
}

#[test]
fn jekyll_dates_its_names() {
    let folder = folder(&[
        ("_config.yml", ""),
        (
            "_posts/2020-01-02-hello.md",
            "---\ntitle: Hello\ntags: a b\ncategory: News\n---\n{% post_url 2020-01-03-more %}",
        ),
        ("_posts/2020-01-03-more.md", "---\ntitle: More\npermalink: /m/:title.html\npublished: false\n---\n"),
        ("_drafts/idea.md", "---\ntitle: Idea\npermalink: /idea/\n---\n"),
        ("index.md", "# Home\n\nText"),
    ]);
    let read = read(folder.path()).unwrap();
    let [home, idea, more, hello] = read.documents.as_slice() else { panic!("{read:?}") };
    assert_eq!((home.address.as_str(), home.title.as_str(), home.body.as_str()), ("/", "Home", "Text"));
    assert_eq!((idea.address.as_str(), idea.publish), ("/idea/", false));
    assert_eq!((more.address.as_str(), more.publish), ("/m/more/", false));
    assert_eq!(hello.address, "/news/2020/01/02/hello/");
    assert_eq!(hello.aliases, ["/news/2020/01/02/hello.html"]);
    assert_eq!(hello.tags, ["a", "b", "News"]);
    assert_eq!((hello.date, hello.body.as_str()), (day("2020-01-02"), "/m/more/"));
}

#[test]
fn what_cannot_be_read_is_left_out_and_said() {
    let folder = folder(&[("a.md", "---\ntitle: A\n"), ("b.md", "B"), ("c/b.md", "---\npath: b\n---\n")]);
    fs::write(folder.path().join("d.md"), b"\xff\xfe").unwrap();
    let read = read(folder.path()).unwrap();
    assert_eq!(read.documents.len(), 1);
    assert_eq!(read.left_out.len(), 3, "{:?}", read.left_out);
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(super::read(empty.path()), Err(ImportError::Empty { .. })));
}
