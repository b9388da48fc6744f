/// The commonest words of languages in Latin script, and letters that only few of them have.
enum FunctionWords {
    /// The languages of each word.
    static let languages: [String: [String]] = {
        var languages: [String: [String]] = [:]
        for (language, words) in lists.sorted(by: { $0.key < $1.key }) {
            for word in Set(words.split(separator: " ")) { languages[String(word), default: []].append(language) }
        }
        return languages
    }()

    /// The languages of each letter.
    static let letters: [Unicode.Scalar: [String]] = [
        "ß": ["de"], "ä": ["de", "sv", "fi"], "ö": ["de", "sv", "fi", "hu", "tr"], "ü": ["de", "hu", "tr"],
        "å": ["sv", "da", "no"], "æ": ["da", "no"], "ø": ["da", "no"], "ñ": ["es"], "ã": ["pt"], "õ": ["pt"],
        "ç": ["fr", "pt", "tr"], "ğ": ["tr"], "ı": ["tr"], "ş": ["tr"], "ă": ["ro"], "ș": ["ro"], "ț": ["ro"],
        "î": ["ro", "fr"], "ő": ["hu"], "ű": ["hu"], "è": ["fr", "it"], "ê": ["fr", "pt"], "ò": ["it"], "ì": ["it"],
        "ù": ["it", "fr"], "œ": ["fr"], "á": ["es", "hu", "pt"], "ó": ["es", "hu", "pt"], "í": ["es", "hu", "pt"],
    ]

    private static let lists: [String: String] = [
        "da": """
        og i at det er en til på som med for af den ikke der var jeg et har de han fra eller men om blev skal kan \
        vi hun vil efter når også bliver ud hvor mod disse hvad meget deres noget være mere have uden ved nogle
        """,
        "de": """
        der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er \
        hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor \
        zur bis mehr durch man kann wenn ich wir ihr unter muss diese dieser keine
        """,
        "en": """
        the of and to in a is that it for was on are as with his they at be this have from or had by but not what \
        all were we when your can there an which their if will each how she do has about would these other into \
        its than no you he i must who may does only any
        """,
        "es": """
        de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin \
        sobre este ya entre cuando todo esta ser son dos también fue había era muy hasta desde está nos durante \
        ni contra ese eso puede
        """,
        "fi": """
        ja on ei se että hän oli ovat mutta kuin myös joka jos niin ole sen mukaan tämä ne kun voi olla ollut \
        vain sekä hänen nyt jo kanssa tai siitä mitä joka jotka minä sinä me te he tämän ennen jälkeen kaikki \
        pitää koko vielä myöskin eivät voidaan
        """,
        "fr": """
        de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son \
        aux cette d l je nous vous mais comme on été leur sa ses fait elle être ont deux même aussi si ces sans \
        peut tout entre où avant
        """,
        "hu": """
        a az és hogy nem is egy ez van meg csak de volt ha már vagy mint kell még azt el ki ezt fel le amely \
        minden lehet után be ami mert lesz azonban pedig nincs sem aki ezek olyan majd között alatt szerint \
        nagyon által
        """,
        "it": """
        di e che la il un a per in una non è con si da come del le dei della al sono lo gli i nel più ma anche ha \
        o dal alla delle questo se su ci mi tra essere ne era stato suo cui dopo tutti fra sua dalla degli \
        quando può
        """,
        "nl": """
        de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij of uit nog naar heeft \
        hij ze wordt door over deze worden kan die meer geen tot was hun wel moet ik je wij heb hebben werd onder \
        tegen na zonder
        """,
        "no": """
        og i det er på som en til med for av at den ikke har de var et jeg fra om men han ble eller skal kan seg \
        vi også etter så være vil når hun ut hvor mot dette disse hva mye deres noe mer ha uten bli ved noen blir
        """,
        "pt": """
        de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu \
        sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos \
        ter são pode
        """,
        "ro": """
        și în de la a cu pe nu o că se este din care un mai sau pentru ce sunt al au fi dar prin după ca el ei o \
        ai avea fost cele fără când acest această acum doar între până trebuie poate unui unei lui lor într si
        """,
        "sv": """
        och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när \
        hon ut efter eller nu också ska skall sin än mot blir vid under mycket detta dessa vad deras något vara \
        mer utan hade måste
        """,
        "tr": """
        ve bir bu da de için ile çok olarak daha ne kadar o gibi en sonra var ama her olan ya değil ise mi ki \
        veya tarafından olduğu içinde göre diye iki hem ancak yok onun ben sen biz bunu şey zaman önce olur \
        edilir nasıl
        """,
    ]
}
