/** What the name of a column says about its values, in English and the usual words of some other languages. */
export interface NameHints {
  /** `year`, `birth_year`, `Jahr`. */
  year: boolean;
  /** A part of the calendar or the clock: `month`, `weekday`, `hour`. */
  calendar: boolean;
  /** A moment as a number: `timestamp`, `created`. */
  time: boolean;
  /** A group that may be numbered: `class`, `district`, `rating`. */
  group: boolean;
  /** A count or another amount: `count`, `num_children`, `price`. */
  count: boolean;
  /** `id`, `customerID`, `order_no`. */
  id: boolean;
  /** A code that repeats: `zip`, `country_code`, `customer_id`. */
  code: boolean;
  /** A code that is no identifier even where all values differ: `zip`, `phone`. */
  contact: boolean;
  /** A share out of 100: `percent`, `share`. */
  percent: boolean;
  /** A share out of 1: `ratio`, `probability`. */
  ratio: boolean;
  /** `lat`, `longitude`. */
  coordinate: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const YEAR = words('year years yr yyyy año ano anio jahr baujahr année annee anno jaar rok år год 年 年份');
const CALENDAR = words(
  'month months mon monat mes mois day days weekday wochentag tag jour día dia dayofweek hour hours hr stunde hora ' +
    'heure minute minuto second quarter qtr quartal trimestre week woche semana semaine',
);
const TIME = words('time timestamp ts date datetime epoch created updated modified datum fecha zeit');
const GROUP = words(
  'class pclass grade rating stars level group cluster label target district ward region sector type kind category ' +
    'status stage condition cohort decile quintile quartile stratum fold species treatment',
);
const COUNT = words(
  'count counts n num nb cnt total sum quantity qty anzahl siblings sibsp parch children kids score scores goals ' +
    'points age price cost weight height size length amount population',
);
const ID = words(
  'id ids pid uid key uuid guid pk oid nr no code sku isbn issn ean upc gtin ssn vin imei iban identifier rowid ' +
    'rownames serial symbol ticker hash sha1 sha256 md5 fips iata icao iso iso2 iso3',
);
const CODE = words(
  'id ids code codes zip zipcode postcode postal postalcode plz fips iso iso2 iso3 naics sic cpv nuts icd isbn issn ' +
    'ean upc gtin sku ssn imei iban bic swift iata icao phone telephone tel mobile fax uuid guid symbol ticker ' +
    'barcode geoid isin cusip hash',
);
const CONTACT = words('zip zipcode postcode postal postalcode plz phone telephone tel mobile fax');
const PERCENT = words('percent percents percentage pct perc prozent anteil porcentaje pourcentage share proportion %');
const RATIO = words('probability prob proba ratio rate likelihood confidence fraction frequency freq quota');
/** Rates that are given in percent. */
const RATED = words('unemployment interest tax literacy success conversion response turnout vacancy inflation');
const COORDINATE = words('lat latitude lon lng long longitude');
/** Words in front of a glued `id`: `customerid`, but not `paid` or `grid`. */
const OWNERS = words(
  'account case category client customer device doc document employee event file film game geo image invoice item ' +
    'location match movie object order page parent passenger patient person player post product record row session ' +
    'site station store subject supplier team track transaction unit user vendor visitor',
);
const isGluedId = (word: string): boolean => word.endsWith('id') && OWNERS.has(word.slice(0, -2));

/** `customerID`, `customer_id` and `Customer Id 2` are `customer` and `id`. */
function wordsOf(name: string): string[] {
  const found = name
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replaceAll('%', ' % ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}%]+/u)
    .filter((word) => word !== '');
  while (found.length > 1 && /^\d+$/.test(found.at(-1)!)) found.pop();
  return found;
}

/** What the name of a column says. A name of many words says what its last word is, or an `id` in front. */
export function nameHints(name: string): NameHints {
  const all = wordsOf(name);
  const last = all.at(-1) ?? '';
  const some = (list: ReadonlySet<string>) => all.some((word) => list.has(word));
  const isAnswer = last === 'no' && all.length > 2; // smoking_no_cancer_no
  const isId =
    (ID.has(last) && !isAnswer) || all[0] === 'id' || isGluedId(last) || (all.length > 1 && last === 'number');
  const isCount = some(COUNT) || /^(?:number|no|nr) of /.test(all.join(' '));
  return {
    year: some(YEAR),
    calendar: CALENDAR.has(last),
    time: some(TIME),
    group: GROUP.has(last) || GROUP.has(all[0] ?? ''),
    count: isCount,
    id: isId && !isCount,
    code: CODE.has(last) || all[0] === 'id' || isGluedId(last) || some(CONTACT),
    contact: some(CONTACT),
    percent: some(PERCENT) || (some(RATED) && last === 'rate'),
    ratio: RATIO.has(last),
    coordinate: some(COORDINATE),
  };
}
