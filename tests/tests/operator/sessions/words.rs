//! A command line as a shell splits it: blanks, single and double quotes, and a backslash at the end of a line is not
//! needed, because sessions are one line a command.

/// The words of a command line.
pub(crate) fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut begun) = (Vec::new(), String::new(), None, false);
    for letter in line.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => word.push(letter),
            None if letter == '\'' || letter == '"' => (quote, begun) = (Some(letter), true),
            None if letter == ' ' => {
                if begun {
                    words.push(std::mem::take(&mut word));
                    begun = false;
                }
            }
            None => {
                word.push(letter);
                begun = true;
            }
        }
    }
    assert!(quote.is_none(), "a quote is not closed: {line}");
    if begun {
        words.push(word);
    }
    words
}

#[test]
fn quotes_hold_words_together() {
    assert_eq!(split("parapet  invalidate '/a b/*' \"\" x"), ["parapet", "invalidate", "/a b/*", "", "x"]);
}
