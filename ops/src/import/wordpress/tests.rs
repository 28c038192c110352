use super::*;

fn export(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n\
         <channel>\n<title>Blog</title>\n<link>https://blog.example</link>\n<language>en-US</language>\n\
         <wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_blog_url>https://blog.example</wp:base_blog_url>\n{items}\n\
         </channel></rss>"
    )
}

fn item(id: u32, kind: &str, status: &str, more: &str) -> String {
    format!(
        "<item><title>Title &amp; {id}</title><link>https://blog.example/2020/01/post-{id}/</link>\
         <wp:post_id>{id}</wp:post_id><wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>\
         <wp:post_name>post-{id}</wp:post_name>{more}</item>"
    )
}

#[test]
fn posts_and_pages_become_documents() {
    let content = "<content:encoded><![CDATA[First\nline.\n\nSee <a href=\"https://blog.example/about/\">us</a>.\n\n\
                   [caption width=\"1\"]<img src=\"https://blog.example/a.png\" alt=\"A\"> Words[/caption]]]></content:encoded>";
    let more = format!(
        "{content}<excerpt:encoded><![CDATA[Short]]></excerpt:encoded>\
         <wp:post_date>2020-01-02 04:00:00</wp:post_date><wp:post_date_gmt>2020-01-02 03:00:00</wp:post_date_gmt>\
         <category domain=\"post_tag\" nicename=\"rust\"><![CDATA[Rust]]></category>\
         <category domain=\"category\" nicename=\"uncategorized\"><![CDATA[Uncategorized]]></category>\
         <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    );
    let attachment =
        item(9, "attachment", "inherit", "<wp:attachment_url>https://blog.example/t.jpg</wp:attachment_url>");
    let text = export(&(item(1, "post", "publish", &more) + &attachment));
    let read = read(&text, Path::new(".")).unwrap();
    let [post] = read.documents.as_slice() else { panic!("{read:?}") };
    assert_eq!(post.source, "wordpress:blog.example:1");
    assert_eq!((post.address.as_str(), post.title.as_str()), ("/2020/01/post-1/", "Title & 1"));
    assert_eq!((post.summary.as_str(), post.language.as_str()), ("Short", "en-US"));
    assert_eq!(post.tags, ["Rust"]);
    assert_eq!(post.date.unwrap().rfc3339(), "2020-01-02T03:00:00Z");
    assert!(post.publish && post.aliases.is_empty());
    assert!(post.body.starts_with("![](/t.jpg)\n\nFirst"), "{}", post.body);
    assert!(post.body.contains("See [us](/about/).\n\n![A](/a.png)\n\n*Words*"), "{}", post.body);
    assert!(read.left_out.is_empty());
}

#[test]
fn what_not_everybody_may_read_stays_a_draft() {
    let password = "<wp:post_password>x</wp:post_password>";
    let date = "<wp:post_date_gmt>2030-01-01 00:00:00</wp:post_date_gmt>";
    let items = [
        item(1, "post", "publish", password),
        item(2, "page", "private", ""),
        item(3, "post", "future", date),
        item(4, "post", "draft", "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"),
        item(5, "post", "trash", ""),
        item(6, "product", "publish", ""),
        item(7, "nav_menu_item", "publish", ""),
    ];
    let read = read(&export(&items.concat()), Path::new(".")).unwrap();
    let [locked, private, future, draft] = read.documents.as_slice() else { panic!("{read:?}") };
    assert!(read.documents.iter().all(|document| !document.publish));
    assert_eq!((locked.notes.len(), private.notes.len()), (1, 1));
    assert!(future.publish_at.is_some() && draft.date.is_none());
    assert_eq!(read.left_out.len(), 2, "{:?}", read.left_out);
}

#[test]
fn hostile_and_broken_files_are_refused() {
    for text in ["<rss><channel><item>", "<html></html>", "<rss><channel></rss>", ""] {
        assert!(read(text, Path::new(".")).is_err(), "{text}");
    }
    let bomb = "<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"x\">]>".to_owned()
        + &export(&item(1, "post", "draft", "<title>&b;</title>")).replacen(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>",
            "",
            1,
        );
    assert_eq!(read(&bomb, Path::new(".")).unwrap().documents[0].title, "&b;");
}
