/// Letters of the Russian, Ukrainian, Belarusian, Serbian, Greek, Hebrew, Arabic, Georgian, Korean and Thai
/// layouts, each followed by the character that a US keyboard has on the same key.
const PLACES: &str = "йqцwуeкrеtнyгuшiщoзpх[ъ]фaыsвdаfпgрhоjлkдlж;э'яzчxсcмvиbтnьmб,ю.ё`іsї]є'ґ\\ўoљqњwјjђ[ћ'џx\
    ςwεeρrτtυyθuιiοoπpαaσsδdφfγgηhξjκkλlζzχxψcωvβbνnμm\
    קeרrאtטyוuןiםoפpשaדsגdכfעgיhחjלkךlף;זzסxבcהvנbמnצmת,ץ.\
    ضqصwثeقrفtغyعuهiخoحpج[د]شaسsيdبfلgاhتjنkمlك;ط'ئzءxؤcرvىnةmو,ز.ظ/\
    ქqწwეeრrტtყyუuიiოoპpაaსsდdფfგgჰhჯjკkლlზzხxცcვvბbნnმm\
    ㅂqㅈwㄷeㄱrㅅtㅛyㅕuㅑiㅐoㅔpㅁaㄴsㅇdㄹfㅎgㅗhㅓjㅏkㅣlㅋzㅌxㅊcㅍvㅠbㅜnㅡm\
    ๆqไwำeพrะtัyีuรiนoยpบ[ล]ฟaหsกdดfเgาkสlว;ง'ผzปxแcอvิbืnทmม,ใ.ฝ/";

/// The US key at the place of a letter that is not Latin, in the case of the letter. `None` for
/// every other character.
pub fn us_key(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return None;
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let mut places = PLACES.chars();
    while let (Some(known), Some(key)) = (places.next(), places.next()) {
        if known == lower {
            return Some(if lower == letter { key } else { key.to_ascii_uppercase() });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_is_not_latin_has_the_key_at_its_place() {
        for (letters, keys) in [
            ("йцукен", "qwerty"),
            ("сСяЯ", "cCzZ"),
            ("ψΨς", "cCw"),
            ("ёі", "`s"),
            ("בؤცㅊแ", "ccccc"),
        ] {
            assert_eq!(letters.chars().filter_map(us_key).collect::<String>(), keys);
        }
    }

    #[test]
    fn latin_letters_and_signs_go_by_themselves() {
        assert_eq!("cZ+é日".chars().filter_map(us_key).next(), None);
    }

    #[test]
    fn no_letter_is_listed_twice() {
        let mut letters: Vec<_> = PLACES.chars().step_by(2).collect();
        assert!(letters.iter().all(|letter| letter.is_alphabetic() && !letter.is_ascii()));
        let listed = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), listed);
    }
}
