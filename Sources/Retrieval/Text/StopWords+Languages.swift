extension StopWords {
    /// The words of a language that stand in every text whatever it is about: articles, pronouns, prepositions,
    /// conjunctions and auxiliary verbs. Written for Neo; by Snowball's name of the language.
    static let ofLanguages: [String: StopWords] = {
        var lists = (functionWords + newerFunctionWords).map { name, words in
            StopWords(name: name, words: Set(words.split(whereSeparator: \.isWhitespace).map(String.init)))
        }
        lists.append(.english)
        let pairs = lists.map { ($0.name, $0) } + [("porter", .english)]
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()

    private static let functionWords: [(name: String, words: String)] = [
        (
            "arabic",
            """
            من في على إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم نحن أنا أنت كان كانت يكون ليس لا لم لن
            ما أن إن أو ثم قد كل بعد قبل بين حتى إذا كما بل أي و
            """
        ),
        (
            "basque",
            """
            eta edo baina ez bai da dira zen ziren izan du dute zuen zuten dago daude bat hau hori hura hauek
            horiek haiek ni zu gu zuek beste ere oso bere dela den baino arte gabe
            """
        ),
        (
            "catalan",
            """
            el la els les un una uns unes i o però de del dels a al als en amb per que què no és són era ser
            estar ha han hi ho es se li lo com més molt aquest aquesta aquests aquestes seu seva sobre entre
            també quan on si jo tu ell ella nosaltres
            """
        ),
        (
            "danish",
            """
            og i at det en den til er som på de med han af for ikke der var mig sig men et har om vi min havde
            ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev
            kunne når være kan efter dette denne disse
            """
        ),
        (
            "dutch",
            """
            de het een en van ik te dat die in is hij niet zijn op aan met als voor had er maar om hem dan zou
            of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft
            hebben deze u want nog zal me zij nu geen worden wordt werd waren kan kunnen al
            """
        ),
        (
            "finnish",
            """
            ja on ei se että en oli hän minä sinä me te he ne tämä tuo nämä mutta tai kun kuin jos niin myös
            ovat olla ole olen olet olemme olivat joka jotka jonka mikä mitä missä siinä sen sitä hänen minun
            vain jo sekä mukaan vaan
            """
        ),
        (
            "french",
            """
            le la les un une des du de d l et ou mais donc ni car à au aux en dans par pour sur avec sans sous
            ce cet cette ces se sa son ses leur leurs mon ma mes ton ta tes notre nos votre vos je tu il elle on
            nous vous ils elles que qui quoi dont où ne pas plus est sont été être était a ont avait avoir y
            comme si même
            """
        ),
        (
            "german",
            """
            der die das den dem des ein eine einen einem einer eines und oder aber denn nicht kein keine ist
            sind war waren wird werden wurde wurden sein hat haben hatte ich du er sie es wir ihr mich dich sich
            mir dir ihm ihn ihnen mein dein seine seiner ihre ihrer in im an am auf aus bei mit nach von vom vor
            zu zum zur für über unter durch um als wie wenn dass ob auch noch nur so da hier dort dieser diese
            dieses man was wer wo kann
            """
        ),
        (
            "greek",
            """
            ο η το οι τα τον την του της των τους τις στο στη στην στον στα στις στους και ή αλλά δεν μη μην να
            θα που πως ότι για με από σε ως προς κατά μετά παρά είναι ήταν έχει έχουν είχε αυτός αυτή αυτό αυτά
            αυτοί εγώ εσύ εμείς εσείς μου σου μας σας ένα ένας μια αν όταν όπως επίσης
            """
        ),
        (
            "hindi",
            """
            का के की को में से पर ने और या है हैं था थी थे हो होता होती होते यह वह ये वे इस उस इन उन एक कि जो तो
            भी नहीं न ही तक कर करने किया गया लिए साथ मैं हम आप तुम अपने कुछ कोई जब तब अब
            """
        ),
        (
            "hungarian",
            """
            a az egy és vagy de hogy nem is ez ezt azt ezek azok van volt vannak voltak lesz lett ki mi aki ami
            amely amelyek meg már még csak ha mint mert el én te ő ti ők nagyon pedig után között alatt szerint
            minden sem így majd itt ott
            """
        ),
        (
            "indonesian",
            """
            yang dan di ke dari untuk pada dengan ini itu adalah atau tidak akan juga oleh dalam sebagai karena
            telah dapat bisa ada saya kamu anda dia kami kita mereka tetapi jika maka saat sudah belum lebih
            seperti hanya tersebut bahwa secara para antara
            """
        ),
        (
            "irish",
            """
            an na agus nó ach i ar ag le do de ó go is ní níl tá bhí bhfuil sé sí siad mé tú muid sibh a as faoi
            roimh chun mar seo sin gur nach má dá féin leis air aige
            """
        ),
        (
            "italian",
            """
            il lo la i gli le un uno una e ed o ma se di del dello della dei degli delle a al allo alla ai agli
            alle da dal dalla dai in nel nello nella nei nelle con su sul sulla per tra fra che chi cui non è
            sono era erano essere ha hanno aveva avere io tu lui lei noi voi loro mi ti si ci vi ne questo
            questa questi queste quello quella come più anche dove quando suo sua
            """
        ),
        (
            "lithuanian",
            """
            ir ar bet kad yra buvo būti bus ne nėra tai tas ta tie tos šis ši šie šios jis ji jie jos aš tu mes
            jūs į iš su be už po per prie nuo iki apie kaip kai kur kuris kuri kurie taip pat jo jų savo dar jau
            tik dėl o
            """
        ),
        (
            "norwegian",
            """
            og i jeg det at en et den til er som på de med han av ikke der så var meg seg men ett har om vi min
            hadde ham hun nå over da fra du ut sin dem oss opp man hans hvor eller hva skal selv her alle vil
            ble kunne når være kan etter dette denne disse bare noen også mot
            """
        ),
        (
            "portuguese",
            """
            o a os as um uma uns umas e ou mas de do da dos das em no na nos nas por pelo pela para com sem sob
            sobre que quem se não é são era foi ser estar está tem têm ter havia eu tu ele ela nós vós eles elas
            me te lhe seu sua seus suas este esta isto esse essa isso aquele aquela como mais muito também
            quando onde já ao à aos às entre
            """
        ),
        (
            "romanian",
            """
            și sau dar de la în pe cu din pentru prin către după fără sub peste un o unei unui al a ai ale că să
            nu este sunt era erau fi fost are au avea eu tu el ea noi voi ei ele se îi îl le lui lor acest
            această aceste acel acea care ce cine mai foarte când unde cum dacă ca iar nici ori
            """
        ),
        (
            "russian",
            """
            и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне
            было вот от меня еще ещё нет о из ему теперь когда даже ну ли если уже или ни быть был него до вас
            нибудь были была этот эта это эти того тот чтобы для мы их чем при который которая которые также об
            под без
            """
        ),
        (
            "spanish",
            """
            el la los las lo un una unos unas y e o u pero si de del a al en con sin por para sobre entre hasta
            desde que quien cual cuyo no es son era eran fue ser estar está están ha han había haber yo tú él
            ella nosotros ellos ellas me te se nos le les mi tu su sus este esta estos estas ese esa eso aquel
            como más muy también cuando donde ya porque
            """
        ),
        (
            "swedish",
            """
            och det att i en jag hon som han på den med var sig för så till är men ett om hade de av icke mig du
            henne då sin nu har inte hans honom skulle hennes där min man ej vid kunde något från ut när efter
            upp vi dem vara vad över än dig kan sina här ha mot alla under någon eller allt mycket sedan denna
            detta dessa vilken också
            """
        ),
        (
            "turkish",
            """
            ve veya ile bir bu şu o da de ki mi mı mu mü ama fakat ancak için gibi kadar daha çok en ne değil
            var yok olan olarak oldu olur ise ya hem ben sen biz siz onlar bunu şunu onu bana sana ona her hiç
            göre sonra önce tarafından
            """
        ),
    ]
}
