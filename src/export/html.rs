//! Sessions as one page for people: what matters first, then what happened.

use crate::words::{ExportSays, ExportWord, SessionWord, Telling};

use super::account::{Account, Happened};
use super::markup::Markup;
use super::page::page;
use super::{About, picture};

/// One session, as a part of the page.
pub(super) fn article(account: &Account<'_>) -> Markup {
    let mut article = Markup::default();
    let id = format!("s-{}", account.name);
    article.element("article", &[("id", &id)], |article| {
        article.line();
        article.element("h2", &[], |head| {
            head.text(&heading(account));
            if let Some(title) = &account.title {
                head.leaf("span", &[("class", "sub")], title);
            }
        });
        facts(article, account);
        matters(article, account);
        against(article, account);
        course(article, account);
        scales(article, account);
        events(article, account);
        added(article, account);
        let left_out =
            ExportSays::LeftOut { events: account.left_out.events, remarks: account.left_out.remarks };
        article.leaf("p", &[("class", "soft")], &left_out.text(account.telling.language()));
    });
    article.line();
    article
}

/// A session's heading: the case code, or its name where it never began.
pub(super) fn heading(account: &Account<'_>) -> String {
    account.overview.as_ref().map_or_else(|| account.name.clone(), |head| head.case.to_string())
}

/// When it began, in the contents.
fn begun(account: &Account<'_>) -> String {
    account.overview.as_ref().map(|head| account.telling.instant(head.begun.wall)).unwrap_or_default()
}

/// The line of a session in the list of contents.
pub(super) fn entry(account: &Account<'_>) -> Entry {
    Entry { id: format!("#s-{}", account.name), case: heading(account), begun: begun(account) }
}

/// A line in the list of contents.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    id: String,
    case: String,
    begun: String,
}

/// The page with all of them.
pub(super) fn whole(about: &About, entries: &[Entry], articles: &Markup) -> String {
    let language = about.language;
    let title = ExportWord::Sessions.text(language);
    page(language, title, |page| {
        page.element("header", &[], |header| {
            header.leaf("h1", &[], title);
            header.leaf("p", &[("class", "made")], &about.line());
        });
        page.line();
        page.element("main", &[], |main| {
            if entries.len() > 1 {
                main.element("nav", &[("class", "part"), ("aria-labelledby", "contents")], |nav| {
                    nav.leaf("h2", &[("id", "contents")], ExportWord::Contents.text(language));
                    nav.element("ol", &[], |list| {
                        for entry in entries {
                            list.element("li", &[], |item| {
                                item.leaf("a", &[("href", &entry.id)], &entry.case);
                                item.text(&format!("  {}", entry.begun));
                            });
                            list.line();
                        }
                    });
                });
            }
            main.append(articles);
        });
        page.leaf("footer", &[], ExportWord::NotSealedFoot.text(language));
    })
}

fn facts(article: &mut Markup, account: &Account<'_>) {
    article.element("dl", &[("class", "facts")], |list| {
        for (word, says) in &account.facts {
            list.element("div", &[], |row| {
                row.leaf("dt", &[], word);
                row.leaf("dd", &[], says);
            });
        }
    });
    article.line();
}

/// A heading and lines; nothing where there are none.
fn lines<'l>(
    article: &mut Markup,
    class: &str,
    heading: &str,
    lines: impl ExactSizeIterator<Item = &'l str>,
) {
    if lines.len() == 0 {
        return;
    }
    article.element("section", &[("class", class)], |section| {
        section.leaf("h3", &[], heading);
        section.element("ul", &[], |list| {
            for line in lines {
                list.leaf("li", &[], line);
            }
        });
    });
    article.line();
}

fn matters(article: &mut Markup, account: &Account<'_>) {
    let word = |word: SessionWord| word.text(account.telling.language());
    let danger = account.danger.iter().map(|(_, line)| line.as_str());
    lines(article, "urgent", word(SessionWord::StillInDanger), danger);
    let listening = account.listening.iter().map(|(_, line)| line.as_str());
    lines(article, "listen", word(SessionWord::ToBeListenedTo), listening);
    let due = account.due.iter().map(|(_, line)| line.as_str());
    lines(article, "due", word(SessionWord::PromisedAndDue), due);
}

fn against(article: &mut Markup, account: &Account<'_>) {
    let language = account.telling.language();
    article.leaf("h3", &[], SessionWord::AgainstTheProtocol.text(language));
    if account.title.is_none() {
        article.leaf("p", &[("class", "soft")], ExportWord::NotJudged.text(language));
        return;
    }
    if account.against.is_empty() {
        article.leaf("p", &[("class", "soft")], ExportWord::Nothing.text(language));
        return;
    }
    table(
        article,
        &[("n", ExportWord::Weight), ("", ExportWord::What), ("n", ExportWord::Number)],
        language,
        |body| {
            for (found, says) in &account.against {
                body.element("tr", &[], |row| {
                    let weight = found.what.kind().weight().0;
                    row.element("td", &[("class", "n")], |cell| {
                        cell.leaf("span", &[("class", &format!("weight w{weight}"))], &weight.to_string());
                    });
                    row.leaf("td", &[], says);
                    row.element("td", &[("class", "n")], |cell| {
                        let Some(event) = found.event else { return };
                        if account.events.iter().any(|kept| kept.number == event) {
                            let to = format!("#{}", event_id(account, event));
                            cell.leaf("a", &[("href", &to)], &event.to_string());
                        } else {
                            cell.text(&event.to_string());
                        }
                    });
                });
                body.line();
            }
        },
    );
}

fn event_id(account: &Account<'_>, number: u64) -> String {
    format!("e-{}-{number}", account.name)
}

/// A table with its head.
fn table(
    article: &mut Markup,
    columns: &[(&str, ExportWord)],
    language: crate::text::Language,
    rows: impl FnOnce(&mut Markup),
) {
    article.element("table", &[], |table| {
        table.element("thead", &[], |head| {
            head.element("tr", &[], |row| {
                for (class, word) in columns {
                    row.leaf("th", &[("class", class), ("scope", "col")], word.text(language));
                }
            });
        });
        table.element("tbody", &[], rows);
    });
    article.line();
}

fn course(article: &mut Markup, account: &Account<'_>) {
    let telling = &account.telling;
    let language = telling.language();
    if account.course.length == 0 {
        return;
    }
    article.leaf("h3", &[], ExportWord::Course.text(language));
    article.element("figure", &[], |figure| {
        figure.leaf("figcaption", &[], ExportWord::CourseNote.text(language));
        picture::course(figure, account);
        picture::key(figure, account);
    });
    table(
        article,
        &[("n", ExportWord::Number), ("", ExportWord::Phase), ("n", ExportWord::Took)],
        language,
        |body| {
            for (place, (_, title, took)) in account.phases.iter().enumerate() {
                body.element("tr", &[], |row| {
                    row.leaf("td", &[("class", "n")], &(place + 1).to_string());
                    row.leaf("td", &[], title);
                    row.leaf("td", &[("class", "n")], &telling.duration(*took));
                });
            }
        },
    );
    let responses = account.responses.iter().enumerate().map(|(place, (span, says))| {
        (span.from, format!("{}  {}  {says}", picture::letter(place), telling.time(span.at)))
    });
    let covers =
        account.covers.iter().map(|(span, says)| (span.from, format!("{}  {says}", telling.time(span.at))));
    let mut spans: Vec<(u64, String)> = responses.chain(covers).collect();
    spans.sort_by_key(|(from, _)| *from);
    let spans: Vec<String> = spans.into_iter().map(|(_, line)| line).collect();
    lines(article, "spans", SessionWord::Responses.text(language), spans.iter().map(String::as_str));
}

fn scales(article: &mut Markup, account: &Account<'_>) {
    if account.scales.is_empty() {
        return;
    }
    article.leaf("h3", &[], ExportWord::Scales.text(account.telling.language()));
    article.element("div", &[("class", "charts")], |charts| {
        for (place, scaled) in account.scales.iter().enumerate() {
            charts.element("figure", &[], |figure| {
                figure.element("figcaption", &[], |caption| {
                    caption.text(&scaled.asks);
                    let end = |(number, means): &(i64, String)| format!("{number} {means}");
                    if !scaled.low.1.is_empty() || !scaled.high.1.is_empty() {
                        caption.text(&format!("\n{} – {}", end(&scaled.low), end(&scaled.high)));
                    }
                });
                let id = format!("r-{}-{place}", account.name);
                picture::scale(figure, &id, scaled, account.course.length, &account.telling);
            });
        }
    });
    article.line();
}

fn events(article: &mut Markup, account: &Account<'_>) {
    let telling = &account.telling;
    let language = telling.language();
    article.leaf("h3", &[], SessionWord::WhatHappened.text(language));
    for day in account.events.chunk_by(|one, next| telling.day(one.at) == telling.day(next.at)) {
        if let Some(first) = day.first() {
            article.leaf("h4", &[], &telling.day(first.at));
        }
        table(
            article,
            &[("n", ExportWord::Number), ("t", ExportWord::Time), ("", ExportWord::What)],
            language,
            |body| {
                for event in day {
                    row(body, account, event, telling);
                }
            },
        );
    }
}

fn row(body: &mut Markup, account: &Account<'_>, event: &Happened, telling: &Telling<'_>) {
    body.element("tr", &[("id", &event_id(account, event.number))], |row| {
        row.leaf("td", &[("class", "n")], &event.number.to_string());
        row.leaf("td", &[("class", "t")], &telling.time(event.at));
        row.element("td", &[], |cell| {
            if let Some(by) = event.jump {
                cell.leaf("div", &[("class", "soft")], &telling.jump(by));
            }
            cell.text(&event.lines.join("\n"));
            if !event.then.is_empty() {
                cell.element("ul", &[("class", "then")], |list| {
                    for then in &event.then {
                        list.leaf("li", &[], then);
                    }
                });
            }
        });
    });
    body.line();
}

fn added(article: &mut Markup, account: &Account<'_>) {
    if account.added.is_empty() {
        return;
    }
    article.leaf("h3", &[], SessionWord::AddedLater.text(account.telling.language()));
    article.element("dl", &[], |list| {
        for (by, text) in &account.added {
            list.leaf("dt", &[], by);
            list.leaf("dd", &[], text);
        }
    });
}
