"""What the language and the trade hold for the same: months, places, broken plurals, French names, acronyms.

One group a row; whoever types any member finds all of them. The lists touch the query alone, so a new row needs no
new index. Words are written as people write them; here they are folded and stemmed.
"""

from collections.abc import Iterator

from .folding import fold
from .places import PLACES
from .words import stems

Stems = tuple[str, ...]

# «آب» for August is left out: without its hamza it is «father».
MONTHS = """
يناير | كانون الثاني | جانفي | janvier
فبراير | شباط | فيفري | fevrier
مارس | آذار | mars
أبريل | إبريل | نيسان | أفريل | avril
ماي | مايو | أيار | mai
يونيو | حزيران | جوان | juin
يوليوز | يوليو | تموز | جويلية | juillet
غشت | أغسطس | أوت | aout
شتنبر | سبتمبر | أيلول | septembre
أكتوبر | تشرين الأول | octobre
نونبر | نوفمبر | تشرين الثاني | novembre
دجنبر | ديسمبر | كانون الأول | decembre
"""

# Singulars and their broken plurals, with the nouns of the same act where readers mix them.
PLURALS = """
عضو | أعضاء | عضوية | membre
رئيس | رؤساء | رئاسة | ترأس | يترأس | برئاسة | president | presidente
نائب | نواب
أمين | أمناء
كاتب | كتاب
مستشار | مستشارون
مدير | مدراء | مديرون
وزير | وزراء
والي | ولاة
عامل | عمال
قائد | قواد
موظف | موظفون
مهني | مهنيون | مهنيين
حرفي | حرفيون | حرفة | حرف
صانع | صناع | صانعة | صانعات | artisan
تاجر | تجار | commercant | marchand
فلاح | فلاحون | agriculteur
بحار | بحارة | marin
صياد | صيادون | pecheur
مربي | مربون | eleveur
مقاول | مقاولون | مقاولة | مقاولات | entreprise
شريك | شركاء | شراكة | شراكات | partenaire | partenariat
خبير | خبراء | expert
طالب | طلبة | طلاب | etudiant
تلميذ | تلاميذ
أستاذ | أساتذة
متدرب | متدربون | متدرج | apprenti | stagiaire
طفل | أطفال
امرأة | نساء | مرأة | نسائي | نسوي | نسوة | femme
شاب | شباب | شبان | jeune | jeunesse
رجل | رجال
ابن | أبناء
لجنة | لجان | لجن | commission | comite
غرفة | غرف | chambre
مجلس | مجالس | conseil
مكتب | مكاتب | bureau
جمعية | جمعيات | association
هيئة | هيئات
جماعة | جماعات | commune
جهة | جهات | region
إقليم | أقاليم | province
عمالة | عمالات | prefecture
مدينة | مدن | ville
قرية | قرى | قروي | village | rural
دورة | دورات | session
جلسة | جلسات
اجتماع | اجتماعات | اجتمع | reunion
لقاء | لقاءات
يوم | أيام | journee
شهر | أشهر | شهور
سنة | سنوات | عام | أعوام | annee
موسم | مواسم | saison | moussem
أسبوع | أسابيع
ساعة | ساعات
مشروع | مشاريع | مشروعات | projet
برنامج | برامج | programme
خطة | خطط | مخطط | مخططات | plan
ميزانية | ميزانيات | budget
حساب | حسابات | compte
فائض | فوائض
مبلغ | مبالغ
مال | أموال
درهم | دراهم | dirham
قرض | قروض | سلف | credit
ضريبة | ضرائب | impot | fiscalite
رسم | رسوم | taxe
ثمن | أثمان | سعر | أسعار | prix
منحة | منح | subvention | bourse
جائزة | جوائز | prix | concours
شهادة | شهادات | شواهد | certificat | diplome
رخصة | رخص | ترخيص | تراخيص | licence | autorisation
تقرير | تقارير | rapport
محضر | محاضر
قانون | قوانين | قانوني | loi
قرار | قرارات | decision
مرسوم | مراسيم
نظام | أنظمة | نظم
ملف | ملفات
وثيقة | وثائق
بند | بنود
فصل | فصول
جدول | جداول
نقطة | نقط | نقاط
رأي | آراء
ملتمس | ملتمسات
توصية | توصيات | أوصى
اقتراح | اقتراحات | مقترح | مقترحات
سؤال | أسئلة
جواب | أجوبة
موضوع | مواضيع | موضوعات
محور | محاور
عرض | عروض
كلمة | كلمات
خبر | أخبار
بلاغ | بلاغات | communique | annonce
حدث | أحداث
هدف | أهداف
حق | حقوق
واجب | واجبات
شرط | شروط
حل | حلول
مشكل | مشاكل | مشكلة | مشكلات
عائق | عوائق
تحد | تحديات | تحدي
فرصة | فرص
أثر | آثار
نتيجة | نتائج
مرحلة | مراحل
عملية | عمليات
نشاط | أنشطة | activite
مهمة | مهام | مهمات | mission
دور | أدوار
عمل | أعمال | أشغال | شغل
خدمة | خدمات | service
مركز | مراكز | centre
معهد | معاهد | institut
مدرسة | مدارس | ecole
جامعة | جامعات | universite
كلية | كليات
قاعة | قاعات
مقر | مقرات
ملحقة | ملحقات | annexe
بناية | بنايات | بناء | مبنى | مباني
أرض | أراضي | أراض
منطقة | مناطق | zone
حي | أحياء
طريق | طرق | طرقات
سوق | أسواق | souk | marche
معرض | معارض | foire | exposition | salon
مصنع | مصانع
معمل | معامل | usine
ورشة | ورشات | أوراش | ورش | atelier
متجر | متاجر | دكان | دكاكين | magasin
محل | محلات
مخزن | مخازن
مجزرة | مجازر
ميناء | موانئ | port
مرفأ | مرافئ
قارب | قوارب | barque
سفينة | سفن | navire
مركب | مراكب
شاطئ | شواطئ
بحر | بحار | بحري
سمك | أسماك | poisson
حوض | أحواض
سد | سدود | barrage
نهر | أنهار
بئر | آبار | puits
ماء | مياه | eau
مورد | موارد
شجرة | أشجار | شجر | arbre
ثمرة | ثمار
بذرة | بذور | semence
زيت | زيوت | huile
زيتونة | زيتون | olive | olivier
تمر | تمور | datte
ورد | ورود | rose
عسل | أعسال | miel
لحم | لحوم | viande
جلد | جلود | جلدي | cuir | maroquinerie
ثوب | أثواب | tissu
زربية | زرابي | tapis
فاكهة | فواكه | fruit
خضرة | خضر | خضروات | legume
رأس | رؤوس
كبش | أكباش
بقرة | أبقار | بقر | bovin
غنم | أغنام | ovin | mouton
ماشية | مواشي | قطيع | قطعان | betail | cheptel
ضيعة | ضيعات
منتوج | منتوجات | منتج | منتجات | produit
سلعة | سلع
آلة | آلات
معدات | عتاد
أداة | أدوات
جهاز | أجهزة | equipement
علامة | علامات | label | marque
فن | فنون
تراث | تراثي | patrimoine
نوع | أنواع
صنف | أصناف
شكل | أشكال
عدد | أعداد
رقم | أرقام
رقمي | رقمنة | numerique | digital | digitalisation
مستوى | مستويات
قطاع | قطاعات | secteur
فرع | فروع
قسم | أقسام
طرف | أطراف
صف | صفوف
باب | أبواب
بيت | بيوت
وفد | وفود | delegation
زيارة | زيارات | visite
رحلة | رحلات
مسابقة | مسابقات | concours
مؤتمر | مؤتمرات | congres | conference
ندوة | ندوات | seminaire | colloque
منتدى | منتديات | forum
ملتقى | ملتقيات
صندوق | صناديق | fonds | caisse
بنك | بنوك | أبناك | banque
شركة | شركات | societe
وكالة | وكالات | agence
مؤسسة | مؤسسات | fondation | etablissement
منظمة | منظمات
نقابة | نقابات | syndicat
تعاونية | تعاونيات | cooperative
فدرالية | فيدرالية | فدراليات | federation
كونفدرالية | كنفدرالية | confederation
وزارة | وزارات | ministere
إدارة | إدارات | administration
سلطة | سلطات
دولة | دول
بلد | بلدان
قضية | قضايا
دعوى | دعاوى
نزاع | نزاعات
خطر | أخطار | مخاطر
كارثة | كوارث
حريق | حرائق | incendie
مرض | أمراض
دواء | أدوية
مستشفى | مستشفيات
"""

# Acts, trades and products, with their French names.
WORDS = """
أركان | أرجان | أرگان | argan
زعفران | safran
أليوتيس | halieutis
قفطان | قفاطين | caftan
جلباب | جلابة | جلابيب | جلاليب | djellaba | jellaba
برنوس | سلهام | برانيس | selham
زليج | zellige
فخار | فخاري | خزف | خزفي | poterie | ceramique
خزاف | خزافون | خزفيون | potier
دباغة | دباغ | دباغون | tannerie | tanneur
نسيج | نساجة | نساجون | منسوجات | textile | tissage
دراز | درازة | tisserand
نجارة | نجار | نجارون | menuiserie | menuisier | ebenisterie
حدادة | حداد | حدادون | ferronnerie | forgeron
نحاس | نحاسيات | cuivre | dinanderie
صياغة | صائغ | صياغ | مجوهرات | حلي | bijou | bijouterie | bijoutier
خشب | أخشاب | bois
خياطة | خياط | خياطون | couture | tailleur
طرز | تطريز | broderie
حلاقة | حلاق | حلاقون | coiffure | coiffeur
مخبزة | مخابز | خباز | boulangerie
حلويات | patisserie
جزارة | جزار | جزارون | boucherie | boucher
ميكانيك | ميكانيكي | mecanique | mecanicien
حبوب | cereale
قمح | حنطة | ble
شعير | orge
حليب | ألبان | lait
جبن | أجبان | fromage
دواجن | دجاج | aviculture | volaille
نحل | نحال | نحالون | مناحل | apiculture | apiculteur | abeille
حوامض | agrumes | agrume
طماطم | tomate
بطاطس | pomme de terre
تفاح | pomme
لوز | amande | amandier
كرم | عنب | vigne | raisin
سقي | ري | irrigation
جفاف | secheresse
علف | أعلاف | aliment de betail | fourrage
سماد | أسمدة | engrais
أخطبوط | poulpe
سردين | sardine
طحالب | algue
محار | huitre
تربية الأحياء المائية | تربية الأحياء البحرية | aquaculture
راحة بيولوجية | repos biologique
سياقة | سائق | سائقون | chauffeur
تدرج مهني | تكوين بالتدرج | apprentissage
مقاول ذاتي | مقاولون ذاتيون | auto entrepreneur
تغطية صحية | تأمين إجباري عن المرض | amo | couverture sanitaire | assurance maladie
حماية اجتماعية | protection sociale | couverture sociale
سجل تجاري | registre de commerce | registre du commerce
سجل وطني | سجل الصناعة التقليدية | registre national
حاضنة | حاضنات | incubateur
شركة ناشئة | شركات ناشئة | مقاولات ناشئة | start up | startup
تجارة إلكترونية | e commerce | commerce electronique
تحكيم | وساطة | arbitrage | mediation
نظام أساسي | statut | statuts
فيضان | فيضانات | inondation
زلزال | هزة أرضية | seisme
رمضان | ramadan
عيد الأضحى | أضحية | أضاحي | aid al adha
جالية | مغاربة العالم | mre
اتفاقية | اتفاق | اتفاقيات | accord | convention
مذكرة تفاهم | مذكرات تفاهم
بروتوكول | بروتوكولات | protocole
ملحق | ملاحق | avenant
مصادقة | صادق | صادقت | صودق | تصادق | يصادق | مصادق | approbation
موافقة | وافق | وافقت
رفض | رفضت | مرفوض
تأجيل | أجل | مؤجل | أجلت | تأجلت
انتخاب | انتخابات | انتخب | انتخبت | منتخب | election
إقالة | أقال | عزل
تعيين | عين
تكوين | تكوينية | تكوينات | formation
تدريب | تدريبية | تداريب
تشغيل | شغل | emploi
تصدير | صادرات | مصدر | export | exportation
استيراد | واردات | مستورد | import
استثمار | استثمارات | مستثمر | investissement
تنمية | إنماء | developpement
تسويق | تسويقية
تمويل | تمويلات | financement
دعم | دعمت | مساندة
تأهيل | تأهيلية
تغطية | تغطيات
تقاعد | معاش | معاشات
تأمين | تأمينات | assurance
صحة | صحي | صحية | sante
بيئة | بيئي | environnement
سياحة | سياحي | سياحية | tourisme
ثقافة | ثقافي | culture
تعليم | تعليمي | enseignement
رياضة | رياضي | sport
طاقة | طاقي | طاقية | energie
كهرباء | كهربائي
نقل | نقليات | transport
إنتاج | إنتاجية
جودة | qualite
ابتكار | innovation
تجارة | تجاري | تجارية | commerce
صناعة | صناعي | صناعية | industrie
صناعة تقليدية | artisanat
فلاحة | فلاحي | فلاحية | زراعة | زراعي | agriculture | agricole
صيد | peche
صيد بحري | صيد بحرية | peche maritime
دورة عادية | session ordinaire
دورة استثنائية | session extraordinaire
جمعية عامة | جموع عامة | جمع عام | assemblee generale
قانون داخلي | نظام داخلي | reglement interieur
جدول أعمال | جداول أعمال | ordre du jour
"""

# Products, trades and matters of the day, with their French names.
WORDS += """
تدشين | افتتاح | inauguration
قافلة | قوافل | caravane
جمارك | جمركي | douane
شاحنة | شاحنات | camion
سوق الجملة | أسواق الجملة | marche de gros
سوق السمك | halle aux poissons | criee
أمطار | مطر | تساقطات | pluie
غاز | gaz
فرن | أفران | أفرنة | four
طين | argile
جير | chaux
صوف | laine
حرير | soie
زجاج | verre
ذهب | ذهبي | or
فضة | فضي | argent
حديد | fer
حجر | أحجار | حجارة | pierre
جبس | platre
صابون | savon
توابل | epice
شاي | the vert
سكر | sucre
شمندر | betterave
قصب السكر | canne a sucre
ذرة | mais
قطاني | legumineuse
صبار | cactus
تين | figue
رمان | grenade
بطيخ | دلاح | pasteque | melon
فراولة | توت الأرض | fraise
نخلة | نخل | نخيل | palmier
ماعز | معز | chevre | caprin
جمل | جمال | إبل | camelin | chameau
خيل | خيول | فرس | cheval
تلقيح | لقاح | لقاحات | vaccin | vaccination
بيطري | بياطرة | veterinaire
حمى قلاعية | fievre aphteuse
مبيد | مبيدات | pesticide
بيوت مغطاة | بيوت بلاستيكية | serre
فرشة مائية | nappe
تونة | طون | thon
أنشوبة | شطون | anchois
قمرون | روبيان | crevette
شبكة | شباك | شبكات | filet
تصبير | معلبات | conserverie
كراء | إيجار | bail | loyer
محكمة | محاكم | tribunal
محام | محامون | محامين | avocat
شيك | شيكات | cheque
فاتورة | فواتير | facture
ضريبة على القيمة المضافة | القيمة المضافة | tva
رسم مهني | باتنتا | taxe professionnelle | patente
منطقة صناعية | مناطق صناعية | zone industrielle | parc industriel
منطقة حرفية | حي حرفي | quartier artisanal | zone artisanale
مجمع | مجمعات | complexe | ensemble artisanal
عارض | عارضون | exposant
رواق | أروقة | stand
معلم | معلمون | معلمين | maalem | maitre artisan
نصاب | quorum
تصويت | صوت | vote
أغلبية | majorite
إجماع | unanimite
محضر | proces verbal | pv
دين | ديون | dette
مداخيل | موارد مالية | recette
نفقات | مصاريف | depense
تقرير أدبي | rapport moral
تقرير مالي | rapport financier
حساب إداري | compte administratif
برنامج عمل | plan d action | programme d action
استراتيجية | strategie
مقر | مقرات | siege
أشغال | travaux
تجهيز | تجهيزات | equipement
توقيع | وقع | وقعت | signature
تخفيض | تخفيضات | reduction | remise
إعفاء | إعفاءات | exoneration
هجرة | مهاجر | مهاجرون | migration
صلاحية | صلاحيات | اختصاص | اختصاصات | competence
شباك وحيد | guichet unique
بطاقة مهنية | carte professionnelle
"""

# What goes by its first letters.
ACRONYMS = """
غرفة التجارة والصناعة والخدمات | غرفة الصناعة والتجارة والخدمات | ccis
غرفة الصناعة التقليدية | chambre d artisanat | cart
مكتب التكوين المهني وإنعاش الشغل | ofppt
الوكالة الوطنية لإنعاش التشغيل والكفاءات | أنابيك | anapec
المبادرة الوطنية للتنمية البشرية | indh
وكالة التنمية الاجتماعية | ads
المركز الجهوي للاستثمار | cri
المكتب الوطني للاستشارة الفلاحية | onca
المكتب الوطني للصيد | onp
المكتب الوطني للكهرباء والماء الصالح للشرب | onee
المكتب الوطني للسلامة الصحية للمنتجات الغذائية | أونسا | onssa
مكتب تنمية التعاون | odco
الصندوق الوطني للضمان الاجتماعي | cnss
الاتحاد العام لمقاولات المغرب | الكونفدرالية العامة لمقاولات المغرب | الباطرونا | cgem
القرض الفلاحي | credit agricole
بريد بنك | البريد بنك | barid bank
المكتب الجهوي للاستثمار الفلاحي | ormva
المعهد الوطني للبحث في الصيد البحري | المعهد الوطني للبحث في الصيد | inrh
المعهد الوطني للبحث الزراعي | inra
الوكالة الوطنية لتنمية تربية الأحياء المائية | الوكالة الوطنية لتنمية تربية الأحياء البحرية | anda
وكالة التنمية الفلاحية | ada
المكتب المغربي للملكية الصناعية والتجارية | ompic
المديرية العامة للضرائب | إدارة الضرائب | dgi
الخزينة العامة للمملكة | tgr
مغرب المقاولات | مغرب المقاولات الصغرى والمتوسطة | maroc pme
الوكالة المغربية لتنمية الاستثمارات والصادرات | amdie
المكتب الوطني المغربي للسياحة | onmt
المندوبية السامية للتخطيط | hcp
المجلس الاقتصادي والاجتماعي والبيئي | cese
المحافظة العقارية | ancfcc
مؤسسة دار الصانع | دار الصانع | maison de l artisan
مخطط المغرب الأخضر | plan maroc vert | pmv
الجيل الأخضر | generation green
الاتحاد الأوروبي | union europeenne | ue
اليونسكو | unesco
البنك الدولي | banque mondiale
مجموعة ذات النفع الاقتصادي | gie
بيان جغرافي محمي | مؤشر جغرافي | igp | indication geographique
مقاولات صغرى ومتوسطة | مقاولات صغيرة ومتوسطة | pme | tpe
جامعة غرف التجارة والصناعة والخدمات | fcmcis
"""

STOP_WORDS = frozenset(
    fold(
        "من في على إلى الى ما هو هي هم هن كيف متى أين اين هل كم لماذا ماذا عن مع هذا هذه ذلك تلك هؤلاء"
        " الذي التي الذين اللذين اللواتي أن إن أو ثم قد لقد بين حول خلال عند عندما أي لم لن لا كان كانت يكون تكون"
        " تم يتم حيث منذ حتى إذا كما لكن بل غير سوى كل بعض أيضا ايضا هناك هنا بها به لها له لهم فيها"
        " فيه عليها عليه منها منه إليها إليه و"
        " de du des le la les un une et en au aux l d a sur pour par avec dans the of and to for in"
    ).split()
)


def _rows(*texts: str) -> Iterator[list[Stems]]:
    for text in texts:
        for line in text.strip().splitlines():
            members = (tuple(stems(member).split()) for member in line.split("|"))
            yield list(dict.fromkeys(member for member in members if member))


def _groups() -> dict[Stems, frozenset[Stems]]:
    groups: dict[Stems, frozenset[Stems]] = {}
    for row in _rows(MONTHS, PLACES, PLURALS, WORDS, ACRONYMS):
        for member in row:
            groups[member] = groups.get(member, frozenset()) | frozenset(row)
    return groups


GROUPS = _groups()
LONGEST_MEMBER = max(map(len, GROUPS))
MONTH_NAMES = {number: row.split("|")[0].strip() for number, row in enumerate(MONTHS.strip().splitlines(), start=1)}
MONTH_NUMBERS = {member: number for number, row in enumerate(_rows(MONTHS), start=1) for member in row}
PLACE_STEMS = frozenset(part for row in _rows(PLACES) for member in row for part in member)


def synonyms(member: Stems) -> frozenset[Stems]:
    """Return what is held for the same as the stems ``member``, itself among them.

    >>> sorted(synonyms(("غشت",)))
    [('aout',), ('اغسطس',), ('اوت',), ('غشت',)]
    >>> synonyms(("صفحة",))
    frozenset({('صفحة',)})
    """
    return GROUPS.get(member, frozenset([member]))


def is_stop_word(folded: str) -> bool:
    """Say whether a folded word only joins others: «في», «ومن», "de".

    >>> is_stop_word("ومن"), is_stop_word("غرفه")
    (True, False)
    """
    return folded in STOP_WORDS or (folded[:1] == "و" and folded[1:] in STOP_WORDS)
