/** Names of towns and people, and goods, as tables have them, by language. */
const TEXTS = {
  pl: `
    Łódź Kraków Wrocław Poznań Gdańsk Białystok Częstochowa Rzeszów Toruń Kielce Zabrze Bydgoszcz Małgorzata Paweł
    Michał Łukasz Grażyna Elżbieta Józef Sławomir żółty książka mąka śruba gwóźdź źródło ćwiartka pięć dziesięć
    miód ogórek świeca krzesło stół łyżka`,
  cs: `
    Plzeň Olomouc Liberec České Budějovice Hradec Králové Ústí Zlín Přerov Jiří Ondřej Tomáš Lukáš Šárka Božena
    Kateřina Zdeněk Růžena Matěj Václav žlutý kůň stůl židle křeslo mléko sýr máslo nůž lžíce vidlička příliš
    těžký dřevo město řeka`,
  sk: `
    Košice Prešov Žilina Banská Bystrica Nitra Trnava Martin Trenčín Poprad Ľubomír Katarína Zuzana Štefan Ján
    Jozef Mária Ľudmila stôl stolička kôň vŕba chlieb mlieko syr vajíčko lyžica nôž ďateľ ťava Žiar Levoča Sereď
    Púchov`,
  hu: `
    Budapest Győr Székesfehérvár Szombathely Hódmezővásárhely Erdőtelek Gödöllő Fertőd Pécs Szőny László Gergő
    Sándor Erzsébet Jenő Dezső Zsófia Ernő cipő szőlő tükör gyümölcs könyv hűtő fűrész gyűrű tűzhely keserű zöld
    asztalfő erdő mező`,
  ro: `
    Iaşi Braşov Timişoara Constanţa Piteşti Galaţi Brăila Ploieşti Bacău Târgovişte Ştefan Mihăiţă Cătălin Ioniţă
    Rădulescu Ţepeş Bălcescu pâine brânză roşie ceaşcă scaun masă fereastră uşă lămpă cămaşă mătase ţară preţ
    bucată`,
  hr: `
    Šibenik Osijek Čakovec Požega Đakovo Križevci Šime Krešimir Željko Božidar Đurđica Ankica Ivančić Kovačević
    Horvatić Jurišić ključ čaša žlica nož stolić kruh šećer voće četiri pšenica džep mačka miš češnjak Varaždin`,
  sl: `
    Črnomelj Škofja Loka Žalec Radeče Črna Mežica Želimlje Češnjica Janez Matjaž Blaž Boštjan Žiga Špela Urška
    Jože Križaj Zupančič Kovačič čevlji hiša žlica miza človek češnja žoga rumena jušnik šivanka`,
  ru: `
    Москва Казань Омск Самара Уфа Пермь Волгоград Воронеж Саратов Тюмень Иванова Петров Сидорова Алексей Екатерина
    Дмитрий Наталья Сергей Ольга Николай хлеб молоко яблоко гвоздь молоток стол стул ложка чашка бумага счёт
    доставка оплачено заказ`,
  uk: `
    Київ Харків Одеса Дніпро Львів Запоріжжя Вінниця Чернігів Полтава Житомир Шевченко Коваленко Бондаренко
    Олександр Наталія Ірина Сергій Юлія Андрій Микола хліб молоко яблуко цвях молоток стіл стілець ложка чашка
    папір рахунок їжа`,
  bg: `
    София Пловдив Варна Бургас Русе Плевен Сливен Добрич Шумен Перник Иванов Петрова Георгиев Димитър Мария
    Николай Елена Стоян Красимир Галина хляб мляко ябълка пирон чук маса стол лъжица чаша хартия сметка доставка
    платено поръчка`,
  sr: `
    Београд Ниш Крагујевац Суботица Зрењанин Панчево Чачак Краљево Смедерево Лесковац Јовановић Петровић Николић
    Марковић Милица Драган Љиљана Ђорђе Живко Снежана хлеб млеко јабука ексер чекић сто столица кашика шоља папир
    рачун`,
  tr: `
    İstanbul İzmir Eskişehir Diyarbakır Şanlıurfa Kahramanmaraş Balıkesir Muğla Ağrı Kırşehir Nevşehir Uşak Ayşe
    Mustafa Şükrü Gülşen Işıl Oğuzhan Çağla Yağmur ışık ağaç şişe kaşık sandalye yoğurt balık çiğ kırmızı sarı yağ
    şeker eşya`,
  ja: `
    東京都 大阪府 京都市 北海道 横浜市 名古屋 福岡県 札幌市 神戸市 仙台市 田中さくら 佐藤健一 鈴木一郎 高橋ゆうこ 渡辺 伊藤 りんご みかん コーヒー テーブル ノート えんぴつ 商品名 数量 単価 合計金額
    注文番号 お届け先 在庫あり ご注文`,
  zh: `
    北京市 上海市 广州市 深圳市 成都市 杭州市 武汉市 西安市 南京市 重庆市 王小明 李伟 张丽 刘洋 陈静 杨帆 产品名称 数量 单价 总金额 订单编号 送货地址 有货 苹果 香蕉 咖啡 桌子 椅子 笔记本
    中国人民银行`,
  'zh-tw': `
    臺北市 高雄市 臺中市 新竹縣 嘉義市 花蓮縣 屏東縣 宜蘭縣 王小明 李國華 張麗美 陳淑芬 林志明 產品名稱 數量 單價 總金額 訂單編號 送貨地址 有貨 蘋果 香蕉 咖啡 桌子 椅子 筆記本`,
  ko: `
    서울특별시 부산광역시 대구 인천 광주 대전 울산 경기도 강원도 제주도 김민수 이영희 박지훈 최수진 정하늘 강동원 사과 바나나 커피 책상 의자 공책 상품명 수량 단가 합계금액 주문번호 배송지 재고있음
    전화번호`,
  el: `
    Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα Βόλος Ιωάννινα Χανιά Καβάλα Ρόδος Γιώργος Μαρία Δημήτρης Ελένη Κώστας
    Παναγιώτης ψωμί γάλα μήλο καρέκλα τραπέζι κουτάλι ποτήρι χαρτί λογαριασμός παραγγελία ποσότητα τιμή σύνολο`,
  he: `
    ירושלים תל-אביב חיפה באר-שבע נתניה אשדוד רמת-גן הרצליה יוסי כהן שרה לוי דוד מזרחי רחל אברהם לחם חלב תפוח כסא
    שולחן כפית כוס נייר חשבון הזמנה כמות מחיר סכום משלוח`,
  ar: `
    القاهرة الرياض بغداد دمشق بيروت عمان الخرطوم تونس الجزائر محمد أحمد فاطمة خديجة علي حسن يوسف خبز حليب تفاحة
    كرسي طاولة ملعقة كوب ورق حساب طلب كمية سعر مجموع`,
  th: `
    กรุงเทพ เชียงใหม่ ภูเก็ต ขอนแก่น นครราชสีมา สมชาย สมหญิง วิชัย มาลี ขนมปัง นม แอปเปิล เก้าอี้ โต๊ะ ช้อน แก้ว
    กระดาษ บัญชี สั่งซื้อ จำนวน ราคา รวม`,
  lt: `
    Šiauliai Panevėžys Alytus Marijampolė Mažeikiai Jonava Utena Kėdainiai Telšiai Visaginas Žydrūnas Rūta Gintarė
    Šarūnas Živilė Jūratė Ąžuolas duona pienas obuolys kėdė stalas šaukštas puodelis popierius sąskaita užsakymas
    kiekis kaina žąsis`,
  lv: `
    Rīga Jūrmala Liepāja Ventspils Rēzekne Jēkabpils Ogre Cēsis Salaspils Kuldīga Jānis Pēteris Kārlis Līga Ilze
    Zane Krišjānis maize piens ābols krēsls galds karote krūze papīrs rēķins pasūtījums daudzums cena šķīvis žirgs`,
  fr: `
    Besançon Orléans Nîmes Béziers Angoulême Châteauroux Évreux Alençon Hélène François Jérôme Zoé Gaëtan Benoît
    Noémie cœur œuf sœur forêt château garçon élève goût août où Noël maïs tête pâte crème brûlée`,
  de: `
    München Köln Düsseldorf Nürnberg Lübeck Göttingen Fürth Würzburg Mönchengladbach Jürgen Günter Jörg Käthe
    Björn Müller Schäfer Größe Straße Äpfel Öl Übung süß weiß Bär Tür Stühle Löffel Schlüssel für Gemüse`,
  es: `
    Málaga Córdoba Cádiz León Logroño Almería Jaén Ávila Cáceres Castellón José María Íñigo Begoña Ángel Sofía
    Muñoz Núñez niño año camión señor corazón café jamón pingüino teléfono dirección número`,
  it: `
    Forlì Cantù Cefalù Cittadella Mondovì Niccolò Nicolò Pascarè città università perché caffè più tè giù così
    libertà qualità però società virtù è già là martedì`,
  pt: `
    São Paulo Brasília Goiânia Belém Florianópolis Maceió João Conceição Inês Antônio Luís Simões Magalhães pão
    maçã avião coração não irmão lição limões feijão açúcar três você português verão`,
  sv: `
    Malmö Örebro Västerås Linköping Jönköping Norrköping Gävle Växjö Åsa Björn Märta Göran Håkan Östen Sjöberg
    smör bröd äpple gås älg ö å räka kött grön blå`,
  da: `
    København Århus Næstved Køge Hillerød Sønderborg Søren Jørgen Bjørn Kåre Åse Mærsk smør brød æble gås ø å kød
    grøn blå rød tæppe`,
  fi: `
    Jyväskylä Hämeenlinna Seinäjoki Järvenpää Kärsämäki Päivi Väinö Jääskeläinen Hämäläinen Mäkinen leipä maitoa
    pöytä tuoli lämpö vesi yö äiti isä hyvää päivää`,
  is: `
    Reykjavík Kópavogur Hafnarfjörður Ísafjörður Þórshöfn Höfn Guðrún Þór Sigríður Jón Ragnheiður Björk Ólafur
    Þorsteinn brauð mjólk eldhús borð skeið bók ljós fjörður það við ég þú`,
  nl: `
    Zoë Daniël Chloë Noë België Italië Oekraïne coördinatie reünie zeeën knieën geïnteresseerd patiënt één café
    crème enquête ruïne poëzie`,
  et: `
    Võru Põlva Jõgeva Pärnu Jõhvi Türi Räpina Jüri Märt Ülle Õie Tõnu Külli Härmo leib võõras õun käsi öö jää
    põder tänav köök süüa`,
};
export type Language = keyof typeof TEXTS;

export const wordsOf = (language: Language): string[] => TEXTS[language].trim().split(/\s+/);
