//! What clients send, and what they and their users make of text.

use crate::lines::{only_line, read};
use proto::{Address, HostPort, Outcome, Reply, Request, TrackingId, Verb};

/// A request is read as it was written; addresses, ids, results and answers of any text are survived.
pub fn check_request(bytes: &[u8]) {
    for line in read(bytes) {
        let words = line.words();
        let _ = Reply::of(&words);
        if let Some((verb, args)) = words.split_first()
            && let Ok(verb) = Verb::find(verb)
            && let Ok(request) = Request::parse(verb, args)
        {
            reread(&request);
        }
        for word in words {
            texts(word);
        }
    }
    texts(&String::from_utf8_lossy(bytes));
}

fn reread(request: &Request<'_>) {
    let mut text = String::new();
    request.write(&mut text);
    let words = only_line(&text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (verb, args) = words.split_first().expect("a request begins with a verb");
    let again = Verb::find(verb).and_then(|verb| Request::parse(verb, args));
    assert_eq!(again.as_ref(), Ok(request), "{text:?}");
    match request {
        Request::Get(get) => assert!(get.query().1.iter().all(|word| args.contains(word))),
        Request::List(list) => assert!(list.query().1.iter().all(|word| args.contains(word))),
        _ => {}
    }
}

fn texts(text: &str) {
    if let Ok(address) = Address::parse(text) {
        assert!(!address.ups.is_empty() && !address.ups.contains('@'));
        server(&address.server);
    }
    if let Ok(found) = HostPort::parse(text) {
        server(&found);
    }
    if let Some(id) = TrackingId::parse(text) {
        assert!(id.to_string().eq_ignore_ascii_case(text));
    }
    let outcome = Outcome::from_driver(text);
    assert_eq!(Outcome::from_driver(outcome.number()), outcome);
}

fn server(found: &HostPort) {
    assert!(!found.host.is_empty() && found.port != 0);
    if !found.host.contains(['[', ']']) {
        let again = HostPort::parse(&format!("[{}]:{}", found.host, found.port));
        assert_eq!(again.as_ref(), Ok(found));
    }
}
