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
تاجر | تجار | commercant
فلاح | فلاحون | agriculteur
بحار | بحارة
صياد | صيادون
مربي | مربون
مقاول | مقاولون | مقاولة | مقاولات | entreprise
شريك | شركاء | شراكة | شراكات | partenaire | partenariat
خبير | خبراء
طالب | طلبة | طلاب
تلميذ | تلاميذ
أستاذ | أساتذة
متدرب | متدربون | متدرج
طفل | أطفال
امرأة | نساء | مرأة | نسائي | femme
شاب | شباب | شبان
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
مدينة | مدن
قرية | قرى | قروي
دورة | دورات | session
جلسة | جلسات
اجتماع | اجتماعات | اجتمع | reunion
لقاء | لقاءات
يوم | أيام | journee
شهر | أشهر | شهور
سنة | سنوات | عام | أعوام | annee
موسم | مواسم
أسبوع | أسابيع
ساعة | ساعات
مشروع | مشاريع | مشروعات | projet
برنامج | برامج | programme
خطة | خطط | مخطط | مخططات | plan
ميزانية | ميزانيات | budget
حساب | حسابات
فائض | فوائض
مبلغ | مبالغ
مال | أموال
درهم | دراهم | dirham
قرض | قروض
ضريبة | ضرائب
رسم | رسوم
ثمن | أثمان
سعر | أسعار
منحة | منح
جائزة | جوائز
شهادة | شهادات | شواهد
رخصة | رخص
تقرير | تقارير | rapport
محضر | محاضر
قانون | قوانين | قانوني
قرار | قرارات
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
بلاغ | بلاغات | communique
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
مهمة | مهام | مهمات
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
معمل | معامل
ورشة | ورشات | أوراش | ورش | atelier
متجر | متاجر
محل | محلات
مخزن | مخازن
مجزرة | مجازر
ميناء | موانئ | port
مرفأ | مرافئ
قارب | قوارب
سفينة | سفن
مركب | مراكب
شاطئ | شواطئ
بحر | بحار | بحري
سمك | أسماك
حوض | أحواض
سد | سدود
نهر | أنهار
بئر | آبار
ماء | مياه | eau
مورد | موارد
شجرة | أشجار | شجر
ثمرة | ثمار
بذرة | بذور
زيت | زيوت
زيتونة | زيتون
تمر | تمور
ورد | ورود
عسل | أعسال
لحم | لحوم
جلد | جلود
ثوب | أثواب
زربية | زرابي | tapis
فاكهة | فواكه
خضرة | خضر | خضروات
رأس | رؤوس
كبش | أكباش
بقرة | أبقار | بقر
غنم | أغنام
ماشية | مواشي
ضيعة | ضيعات
منتوج | منتوجات | منتج | منتجات | produit
سلعة | سلع
آلة | آلات
معدات | عتاد
أداة | أدوات
جهاز | أجهزة
علامة | علامات
فن | فنون
تراث | تراثي
نوع | أنواع
صنف | أصناف
شكل | أشكال
عدد | أعداد
رقم | أرقام | رقمي | رقمنة | numerique
مستوى | مستويات
قطاع | قطاعات | secteur
فرع | فروع
قسم | أقسام
طرف | أطراف
صف | صفوف
باب | أبواب
بيت | بيوت
وفد | وفود | delegation
زيارة | زيارات
رحلة | رحلات
مسابقة | مسابقات
مؤتمر | مؤتمرات
ندوة | ندوات
منتدى | منتديات | forum
ملتقى | ملتقيات
صندوق | صناديق
بنك | بنوك | أبناك | banque
شركة | شركات | societe
وكالة | وكالات | agence
مؤسسة | مؤسسات
منظمة | منظمات
نقابة | نقابات
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
حريق | حرائق
مرض | أمراض
دواء | أدوية
مستشفى | مستشفيات
"""

# Acts, trades and their French names.
WORDS = """
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
الاتحاد العام لمقاولات المغرب | cgem
القرض الفلاحي | credit agricole
بريد بنك | البريد بنك | barid bank
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
