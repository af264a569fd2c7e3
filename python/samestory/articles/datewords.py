"""Names of months and weekdays in the languages of the news, from the Unicode CLDR."""

from __future__ import annotations

# One string a month, January first: full names, short ones and inflected ones, casefolded.
_MONTHS = (
    (
        "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari "
        "января янв январь січня січ січень студзеня сту студзень януари яну јануар јан "
        "јануари stycznia sty styczeń ledna led leden januára január ianuarie ian ocak oca "
        "yanvar yan tammikuuta tammi tammikuu jaanuar jaan janvāris sausio saus sausis janúar "
        "ιανουαρίου ιαν ιανουάριοσ يناير ژانویهٔ ژانویه جنوری जनवरी जन॰ जानेवारी जाने "
        "জানুয়ারী জানু ஜனவரி ஜன జనవరి జన ינואר ינו׳ มกราคม ม.ค gener urtarrila urt xaneiro "
        "xan ionawr ion eanáir ean janar հունվարի հնվ հունվար იანვარი იან қаңтар қаң "
    ),
    (
        "february feb februar feber février févr fevrier fev febrero febbraio fevereiro "
        "februari февраля февр февраль лютого лют лютий лютага люты февруари фев фебруар феб "
        "lutego lut luty února úno únor februára február febr februarie şubat şub fevral "
        "helmikuuta helmi helmikuu veebruar veebr februāris vasario vas vasaris febrúar "
        "φεβρουαρίου φεβ φεβρουάριοσ فبراير شباط فوریهٔ فوریه فروری फ़रवरी फ़र॰ फेब्रुवारी "
        "फेब्रु ফেব্রুয়ারী ফেব பிப்ரவரி பிப் ఫిబ్రవరి ఫిబ్ర פברואר פבר׳ กุมภาพันธ์ ก.พ "
        "febrer otsaila ots febreiro chwefror chwef chw feabhra feabh shkurt shk փետրվարի փտվ "
        "փետրվար თებერვალი თებ ақпан ақп "
    ),
    (
        "march mar märz mär maerz mrz mars marzo março maart mrt марта мар март березня бер "
        "березень сакавіка сак сакавік marca marzec března bře březen marec március márc "
        "martie mart marts maaliskuuta maalis maaliskuu märts kovo kov kovas μαρτίου μαρ "
        "μάρτιοσ μάρ maret mac مارس آذار مارچ मार्च মার্চ மார்ச் மார் మార్చి מרץ מרס มีนาคม "
        "มี.ค machi març martxoa mawrth maw márta մարտի մրտ մարտ მარტი მარ наурыз нау "
    ),
    (
        "april apr avril avr abril abr aprile апреля апр апрель квітня квіт квітень красавіка "
        "кра красавік април kwietnia kwi kwiecień dubna dub duben apríla apríl április ápr "
        "aprilie nisan nis aprel huhtikuuta huhti huhtikuu aprill aprīlis balandžio bal "
        "balandis απριλίου απρ απρίλιοσ أبريل نيسان آوریل اپریل अप्रैल एप्रिल एप्रि এপ্রিল "
        "এপ্রি ஏப்ரல் ஏப் ఏప్రిల్ ఏప్రి אפריל אפר׳ เมษายน เม.ย aprili d’abril d’abr apirila "
        "api ebrill ebr aibreán aib prill pri ապրիլի ապր ապրիլ აპრილი აპრ сәуір сәу "
    ),
    (
        "may mai mayo maggio mag maio mei мая май травня трав травень мај maja maj května kvě "
        "květen mája máj május mayıs toukokuuta touko toukokuu maijs gegužės geg gegužė maí "
        "μαΐου μαΐ μάιοσ μάι مايو أيار مهٔ مه می مئی मई मे মে மே మే מאי พฤษภาคม พ.ค maig "
        "maiatza bealtaine beal մայիսի մյս մայիս მაისი მაი мамыр мам "
    ),
    (
        "june jun juni juin junio giugno giu junho июня июн июнь червня черв червень чэрвеня "
        "чэр чэрвень юни јун јуни czerwca cze czerwiec června čvn červen júna jún junij "
        "június iunie iun haziran haz iyun iyn kesäkuuta kesä kesäkuu juuni jūnijs jūn "
        "birželio birž birželis júní ιουνίου ιουν ιούνιοσ ιούν يونيو حزيران ژوئن جون जून জুন "
        "ஜூன் జూన్ יוני มิถุนายน มิ.ย juny ekaina eka xuño mehefin meh meitheamh meith "
        "qershor qer հունիսի հնս հունիս ივნისი ივნ маусым мау "
    ),
    (
        "july jul juli juillet juil julio luglio lug julho июля июл июль липня лип липень "
        "ліпеня ліп ліпень юли јул јули lipca lip lipiec července čvc červenec júla júl julij "
        "július iulie iul temmuz tem iyul iyl heinäkuuta heinä heinäkuu juuli jūlijs jūl "
        "liepos liep liepa júlí ιουλίου ιουλ ιούλιοσ ιούλ julai يوليو تموز ژوئیهٔ ژوئیه "
        "جولائی जुलाई जुल॰ जुलै জুলাই জুল ஜூலை జులై יולי กรกฎาคม ก.ค juliol uztaila uzt xullo "
        "xul gorffennaf gorff gor iúil korrik korr հուլիսի հլս հուլիս ივლისი ივლ шілде шіл "
    ),
    (
        "august aug août aout agosto ago augustus августа авг август серпня серп серпень "
        "жніўня жні жнівень sierpnia sie sierpień srpna srp srpen augusta avgust avg "
        "augusztus ağustos ağu avqust avq augusti elokuuta elo elokuu augusts rugpjūčio rugp "
        "rugpjūtis ágúst ágú αυγούστου αυγ αύγουστοσ αύγ agustus agu ogos ogo أغسطس آب اوت "
        "اگست अगस्त अग॰ ऑगस्ट ऑग আগস্ট আগ ஆகஸ்ட் ஆக ఆగస్టు ఆగ אוגוסט אוג׳ สิงหาคม ส.ค agosti "
        "d’agost d’ag agost ag abuztua abu awst lúnasa lún gusht gush օգոստոսի օգս օգոստոս "
        "აგვისტო აგვ тамыз там "
    ),
    (
        "september sep sept septembre septiembre set setiembre settembre setembro сентября "
        "сент сентябрь вересня вер вересень верасня верасень септември сеп септембар września "
        "wrz wrzesień září zář septembra szeptember szept septembrie eylül eyl sentyabr sen "
        "syyskuuta syys syyskuu septembris rugsėjo rugs rugsėjis σεπτεμβρίου σεπ σεπτέμβριοσ "
        "سبتمبر أيلول سپتامبر ستمبر सितंबर सित॰ सप्टेंबर सप्टें সেপ্টেম্বর সেপ செப்டம்பர் "
        "செப் సెప్టెంబర్ సెప్టెం ספטמבר ספט׳ กันยายน ก.ย septemba setembre iraila ira medi "
        "mfómh shtator sht սեպտեմբերի սեպ սեպտեմբեր სექტემბერი სექ қыркүйек қыр sentabr "
    ),
    (
        "october oct oktober okt octobre octubre ottobre ott outubro out октября окт октябрь "
        "жовтня жовт жовтень кастрычніка кас кастрычнік октомври октобар października paź "
        "październik října říj říjen októbra október octombrie ekim eki oktyabr lokakuuta "
        "loka lokakuu oktoober oktobris spalio spal spalis οκτωβρίου οκτ οκτώβριοσ أكتوبر "
        "اکتبر اکتوبر अक्टूबर अक्टू॰ ऑक्टोबर ऑक्टो অক্টোবর অক্টো அக்டோபர் அக் అక్టోబర్ అక్టో "
        "אוקטובר אוק׳ ตุลาคม ต.ค oktoba d’octubre d’oct urria urr hydref hyd dfómh tetor tet "
        "հոկտեմբերի հոկ հոկտեմբեր ოქტომბერი ოქტ қазан қаз oktabr "
    ),
    (
        "november nov novembre noviembre novembro ноября нояб ноябрь листопада лист листопад "
        "лістапада ліс лістапад ноември ное новембар нов listopada lis listopad listopadu "
        "novembra noiembrie kasım kas noyabr noy marraskuuta marras marraskuu novembris "
        "lapkričio lapkr lapkritis nóvember nóv νοεμβρίου νοε νοέμβριοσ νοέ نوفمبر نوامبر "
        "نومبر नवंबर नव॰ नोव्हेंबर नोव्हें নভেম্বর নভে நவம்பர் நவ నవంబర్ నవం נובמבר נוב׳ "
        "พฤศจิกายน พ.ย novemba azaroa aza tachwedd tach samhain samh nëntor nën նոյեմբերի նոյ "
        "նոյեմբեր ნოემბერი ნოე қараша қар "
    ),
    (
        "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro "
        "декабря дек декабрь грудня груд грудень снежня сне снежань декември децембар дец "
        "grudnia gru grudzień prosince pro prosinec decembra decembrie aralık ara dekabr dek "
        "desember des joulukuuta joulu joulukuu detsember dets decembris gruodžio gruod "
        "gruodis δεκεμβρίου δεκ δεκέμβριοσ disember dis ديسمبر دسامبر دسمبر दिसंबर दिस॰ "
        "डिसेंबर डिसें ডিসেম্বর ডিসে டிசம்பர் டிச డిసెంబర్ డిసెం דצמבר דצמ׳ ธันวาคม ธ.ค "
        "desemba desembre abendua abe decembro rhagfyr rhag nollaig noll dhjetor dhj "
        "դեկտեմբերի դեկ դեկտեմբեր დეკემბერი დეკ желтоқсан жел "
    ),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
# Monday first.
_WEEKDAYS = (
    (
        "monday mon montag mo lundi lun lunes lunedì segunda-feira seg maandag ma понедельник "
        "пн понеділок панядзелак понеделник понедељак пон poniedziałek pon pondělí po "
        "pondelok ponedeljek hétfő luni pazartesi pzt ertəsi b.e måndag mån mandag man "
        "maanantaina maanantai esmaspäev pirmdiena pirmd pirmadienis pr mánudagur mán δευτέρα "
        "δευ senin sen isnin isn thứ hai th الاثنين دوشنبه پیر सोमवार सोम সোমবার সোম திங்கள் "
        "திங் సోమవారం సోమ שני ב׳ วันจันทร์ jumatatu dilluns dl astelehena al luns llun luain "
        "luan hënë hën երկուշաբթի երկ ორშაბათი ორშ дүйсенбі дс dushanba dush "
    ),
    (
        "tuesday tue dienstag di mardi mar martes martedì terça-feira ter dinsdag вторник вт "
        "вівторок аўторак аў уторак уто вто wtorek wt úterý út utorok ut torek tor kedd marți "
        "salı sal çərşənbə axşamı ç.a tisdag tis tirsdag tirs tir tiistaina ti tiistai "
        "teisipäev otrdiena otrd antradienis an þriðjudagur þri τρίτη τρί selasa sel ba "
        "الثلاثاء سه‌شنبه منگل मंगलवार मंगल मंगळवार मंगळ মঙ্গলবার মঙ্গল செவ்வாய் செவ் "
        "మంగళవారం మంగళ שלישי ג׳ วันอังคาร jumanne dimarts dt asteartea ar mawrth maw máirt "
        "martë երեքշաբթի երք სამშაბათი სამ сейсенбі сс seshanba sesh "
    ),
    (
        "wednesday wed mittwoch mi mercredi mer miércoles mié mercoledì quarta-feira qua "
        "woensdag wo среда ср середа серада сряда сре środa śr středa st streda sreda sre "
        "szerda sze miercuri mie çarşamba çar onsdag ons keskiviikkona ke keskiviikko "
        "kolmapäev trešdiena trešd trečiadienis tr miðvikudagur mið τετάρτη τετ rabu rab tư "
        "الأربعاء چهارشنبه بدھ बुधवार बुध বুধবার বুধ புதன் புத బుధవారం బుధ רביעי ד׳ วันพุธ "
        "jumatano dimecres dc asteazkena az mércores mér mercher céadaoin céad mërkurë mër "
        "չորեքշաբթի չրք ოთხშაბათი ოთხ сәрсенбі chorshanba chor "
    ),
    (
        "thursday thu donnerstag do jeudi jeu jueves jue giovedì gio quinta-feira qui "
        "donderdag четверг чт четвер чацвер чц четвъртък четвртак чет четврток czwartek czw "
        "čtvrtek čt štvrtok št četrtek čet csütörtök cs joi perşembe per cümə c.a torsdag "
        "tors torstaina to torstai neljapäev ceturtdiena ceturtd ketvirtadienis kt "
        "fimmtudagur fim πέμπτη πέμ kamis kam khamis kha năm الخميس پنجشنبه جمعرات गुरुवार "
        "गुरु বৃহস্পতিবার বৃহস্পতি வியாழன் வியா గురువారం గురు חמישי ה׳ วันพฤหัสบดี พฤ "
        "alhamisi dijous dj osteguna og xoves xov iau déardaoin déar enjte enj հինգշաբթի հնգ "
        "ხუთშაბათი ხუთ бейсенбі бс payshanba pay "
    ),
    (
        "friday fri freitag fr vendredi ven viernes vie venerdì sexta-feira sex vrijdag vr "
        "пятница пт пʼятниця пятніца петък петак пет петок piątek pt pátek pá piatok pi petek "
        "pet péntek vineri vin cuma cum fredag fre perjantaina pe perjantai reede piektdiena "
        "piektd penktadienis pn föstudagur fös παρασκευή παρ jumat jum jumaat sáu الجمعة جمعه "
        "جمعہ शुक्रवार शुक्र শুক্রবার শুক্র வெள்ளி வெள் శుక్రవారం శుక్ర שישי ו׳ วันศุกร์ "
        "ijumaa divendres dv ostirala or venres gwener gwen gwe haoine aoine premte pre "
        "ուրբաթ ուր პარასკევი პარ жұма жм juma "
    ),
    (
        "saturday sat samstag sa samedi sam sábado sáb sabato sab zaterdag za суббота сб "
        "субота събота суб сабота саб sobota sob szombat szo sâmbătă sâm cumartesi cmt şənbə "
        "lördag lör lørdag lør lauantaina la lauantai laupäev sestdiena sestd šeštadienis "
        "laugardagur lau σάββατο σάβ sabtu bảy السبت شنبه ہفتہ शनिवार शनि শনিবার শনি சனி "
        "శనివారం శని שבת วันเสาร์ jumamosi dissabte ds larunbata lr sadwrn sad sathairn sath "
        "shtunë sht շաբաթ շբթ შაბათი შაბ сенбі shanba shan "
    ),
    (
        "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo воскресенье вс "
        "неділя нд нядзеля неделя недеља нед недела niedziela niedz neděle ne nedeľa nedelja "
        "ned vasárnap duminică dum pazar paz bazar söndag sön søndag søn sunnuntai su "
        "pühapäev svētdiena svētd sekmadienis sk sunnudagur κυριακή κυρ minggu min ahad ahd "
        "chủ nhật cn الأحد یکشنبه اتوار रविवार रवि রবিবার রবি ஞாயிறு ஞாயி ఆదివారం ఆది יום "
        "ראשון א׳ วันอาทิตย์ อา jumapili diumenge dg igandea ig dydd sul dé domhnaigh domh "
        "diel die կիրակի կիր კვირა კვი жексенбі жс yakshanba yak "
    ),
)
WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAYS) for name in names.split()}
