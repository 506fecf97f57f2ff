"""The names of regions and towns as they are written, in Arabic and in French."""

# The twelve of 2015, then the older ones that reports still name.
REGION_NAMES = [
    "طنجة-تطوان-الحسيمة",
    "الشرق",
    "فاس-مكناس",
    "الرباط-سلا-القنيطرة",
    "بني ملال-خنيفرة",
    "الدار البيضاء-سطات",
    "مراكش-آسفي",
    "درعة-تافيلالت",
    "سوس-ماسة",
    "كلميم-واد نون",
    "كلميم-وادي نون",
    "العيون-الساقية الحمراء",
    "الداخلة-وادي الذهب",
    "فاس-بولمان",
    "مكناس-تافيلالت",
    "سوس-ماسة-درعة",
    "مراكش-تانسيفت-الحوز",
    "الشاوية-ورديغة",
    "تادلة-أزيلال",
    "دكالة-عبدة",
    "الغرب-الشراردة-بني احسن",
    "الرباط-سلا-زمور-زعير",
    "تازة-الحسيمة-تاونات",
    "كلميم-السمارة",
]

# One place a row: all its names, each of one word or several.
PLACES = """
الدار البيضاء | البيضاء | الدار البيضا | كازابلانكا | كازا | casablanca | casa
فاس | fes | fez
مكناس | meknes
سطات | settat
مراكش | marrakech | marrakesh
آسفي | اسفى | safi
الرباط | rabat
سلا | sale
القنيطرة | kenitra
طنجة | tanger | tangier | tangiers
تطوان | tetouan
الحسيمة | الحسيمه | al hoceima | hoceima | alhoceima
وجدة | oujda
الشرق | الشرقية | الجهة الشرقية | oriental | l oriental
بني ملال | beni mellal
ملال | mellal
خنيفرة | khenifra
درعة | draa | dra
تافيلالت | تافيلات | tafilalet | tafilelt
سوس | souss | sous
ماسة | massa
كلميم | guelmim | goulmim
واد نون | وادي نون | oued noun
العيون | laayoune
الساقية الحمراء | sakia el hamra | saguia el hamra
الداخلة | dakhla
وادي الذهب | واد الذهب | oued ed dahab | oued eddahab
أكادير | agadir
الرشيدية | errachidia | rachidia
ورزازات | ouarzazate
زاكورة | zagora
تنغير | tinghir | tineghir
ميدلت | midelt
صفرو | sefrou
بولمان | boulemane
تازة | taza
تاونات | taounate
إفران | يفرن | ifrane
الحاجب | el hajeb | hajeb
مولاي يعقوب | moulay yacoub
أصيلة | assilah | asilah
العرائش | larache
شفشاون | chefchaouen | chaouen
وزان | ouazzane | ouezzane
المضيق | mdiq | m diq
الفنيدق | fnideq
الناضور | الناظور | nador
الدريوش | driouch
جرادة | jerada
بركان | berkane
تاوريرت | taourirt
جرسيف | كرسيف | guercif
فجيج | فكيك | figuig
الصخيرات | skhirat | skhirate
تمارة | temara
الخميسات | khemisset
سيدي قاسم | sidi kacem
سيدي سليمان | sidi slimane
أزيلال | azilal
الفقيه بن صالح | fquih ben salah
خريبكة | khouribga
المحمدية | mohammedia | mohammadia
الجديدة | el jadida
النواصر | nouaceur
مديونة | mediouna
بنسليمان | بن سليمان | benslimane
برشيد | berrechid
سيدي بنور | sidi bennour
شيشاوة | chichaoua
الحوز | al haouz | haouz
قلعة السراغنة | el kelaa des sraghna | kelaa
الصويرة | essaouira
الرحامنة | rehamna
اليوسفية | youssoufia
تارودانت | taroudant | taroudannt
تيزنيت | tiznit
طاطا | tata
إنزكان | inezgane
آيت ملول | ait melloul
اشتوكة | شتوكة | chtouka
آيت باها | ait baha
طانطان | tan tan | tantan
سيدي إفني | sidi ifni
بوجدور | boujdour
طرفاية | tarfaya
السمارة | es semara | smara
أوسرد | aousserd
المغرب | المملكة المغربية | maroc | morocco
جهة الشمال | طنجة تطوان الحسيمة
"""
