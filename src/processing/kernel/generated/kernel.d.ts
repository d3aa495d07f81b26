/** Exported memory */
export declare const memory: WebAssembly.Memory;
/**
 * src/processing/kernel/kernel/shapeAt
 * @returns `usize`
 */
export declare function shapeAt(): number;
/**
 * src/processing/kernel/kernel/prepare
 */
export declare function prepare(): void;
/**
 * src/processing/kernel/kernel/attach
 * @param thread `u32`
 */
export declare function attach(thread: number): void;
/**
 * src/processing/kernel/kernel/tokenTable
 * @returns `usize`
 */
export declare function tokenTable(): number;
/**
 * src/processing/kernel/kernel/blockRing
 * @returns `u32`
 */
export declare function blockRing(): number;
/**
 * src/processing/kernel/kernel/blockBytes
 * @param n `u32`
 * @returns `usize`
 */
export declare function blockBytes(n: number): number;
/**
 * src/processing/kernel/kernel/blockCapacity
 * @param n `u32`
 * @returns `u32`
 */
export declare function blockCapacity(n: number): number;
/**
 * src/processing/kernel/kernel/shrinkBlock
 * @param n `u32`
 * @param bytes `u32`
 */
export declare function shrinkBlock(n: number, bytes: number): void;
/**
 * src/processing/kernel/kernel/enlargeBlock
 * @param n `u32`
 * @param have `u32`
 */
export declare function enlargeBlock(n: number, have: number): void;
/**
 * src/processing/kernel/kernel/index
 * @param n `u32`
 * @param length `u32`
 * @param afterCr `u32`
 * @returns `u32`
 */
export declare function index(n: number, length: number, afterCr: number): number;
/**
 * src/processing/kernel/kernel/publish
 * @param n `u32`
 * @param length `u32`
 * @param line `f64`
 * @param afterCr `u32`
 */
export declare function publish(n: number, length: number, line: number, afterCr: number): void;
/**
 * src/processing/kernel/kernel/walk
 * @param n `u32`
 * @param from `u32`
 * @param length `u32`
 * @returns `u32`
 */
export declare function walk(n: number, from: number, length: number): number;
/**
 * src/processing/kernel/kernel/publishWalked
 */
export declare function publishWalked(): void;
/**
 * src/processing/kernel/kernel/freed
 * @returns `u32`
 */
export declare function freed(): number;
/**
 * src/processing/kernel/kernel/published
 * @returns `u32`
 */
export declare function published(): number;
/**
 * src/processing/kernel/kernel/isFaulty
 * @returns `bool`
 */
export declare function isFaulty(): 0 | 1;
/**
 * src/processing/kernel/kernel/faultyBlock
 * @returns `u32`
 */
export declare function faultyBlock(): number;
/**
 * src/processing/kernel/kernel/rowsBeforeFault
 * @returns `f64`
 */
export declare function rowsBeforeFault(): number;
/**
 * src/processing/kernel/kernel/totalRows
 * @returns `f64`
 */
export declare function totalRows(): number;
/**
 * src/processing/kernel/kernel/stop
 */
export declare function stop(): void;
/**
 * src/processing/kernel/kernel/setWaiting
 */
export declare function setWaiting(): void;
/**
 * src/processing/kernel/kernel/clearWaiting
 * @returns `bool`
 */
export declare function clearWaiting(): 0 | 1;
/**
 * src/processing/kernel/kernel/claimColumn
 * @returns `u32`
 */
export declare function claimColumn(): number;
/**
 * src/processing/kernel/kernel/claimPartition
 * @returns `u32`
 */
export declare function claimPartition(): number;
/**
 * src/processing/kernel/kernel/isJson
 * @returns `u32`
 */
export declare function isJson(): number;
/**
 * src/processing/kernel/kernel/columnCount
 * @returns `u32`
 */
export declare function columnCount(): number;
/**
 * src/processing/kernel/kernel/badRows
 * @returns `u32`
 */
export declare function badRows(): number;
/**
 * src/processing/kernel/kernel/badExamples
 * @returns `u32`
 */
export declare function badExamples(): number;
/**
 * src/processing/kernel/kernel/badExamplesAt
 * @returns `usize`
 */
export declare function badExamplesAt(): number;
/**
 * src/processing/kernel/kernel/emptyRows
 * @returns `u32`
 */
export declare function emptyRows(): number;
/**
 * src/processing/kernel/kernel/emptyLine
 * @returns `f64`
 */
export declare function emptyLine(): number;
/**
 * src/processing/kernel/kernel/beginningsIn
 * @param from `usize`
 * @param length `u32`
 * @returns `u32`
 */
export declare function beginningsIn(from: number, length: number): number;
/**
 * src/processing/kernel/kernel/setWrongBytes
 */
export declare function setWrongBytes(): void;
/**
 * src/processing/kernel/kernel/numbersPart
 * @param i `u32`
 * @param k `u32`
 * @returns `usize`
 */
export declare function numbersPart(i: number, k: number): number;
/**
 * src/processing/kernel/kernel/numbersPartEnd
 * @returns `usize`
 */
export declare function numbersPartEnd(): number;
/**
 * src/processing/kernel/kernel/loadNumbers
 * @param i `u32`
 */
export declare function loadNumbers(i: number): void;
/**
 * src/processing/kernel/kernel/dropColumn
 * @param i `u32`
 */
export declare function dropColumn(i: number): void;
/**
 * src/processing/kernel/columns/declared/addDeclared
 * @param type `u32`
 * @param length `u32`
 * @returns `usize`
 */
export declare function addDeclared(type: number, length: number): number;
/**
 * src/processing/kernel/columns/declared/declareColumn
 * @param i `u32`
 * @param type `u32`
 */
export declare function declareColumn(i: number, type: number): void;
/**
 * src/processing/kernel/csv/head/endHead
 * @param i `u32`
 * @returns `u32`
 */
export declare function endHead(i: number): number;
/**
 * src/processing/kernel/csv/head/headPiece
 * @param readings `u32`
 * @returns `usize`
 */
export declare function headPiece(readings: number): number;
/**
 * src/processing/kernel/csv/head/headPieceBytes
 * @returns `u32`
 */
export declare function headPieceBytes(): number;
/**
 * src/processing/kernel/csv/head/headRowCount
 * @param i `u32`
 * @returns `u32`
 */
export declare function headRowCount(i: number): number;
/**
 * src/processing/kernel/csv/head/headRows
 * @param i `u32`
 * @returns `usize`
 */
export declare function headRows(i: number): number;
/**
 * src/processing/kernel/csv/head/openHead
 * @param i `u32`
 */
export declare function openHead(i: number): void;
/**
 * src/processing/kernel/csv/head/readHead
 * @param i `u32`
 * @param from `usize`
 * @param length `u32`
 * @param delimiter `u32`
 * @returns `u32`
 */
export declare function readHead(i: number, from: number, length: number, delimiter: number): number;
/**
 * src/processing/kernel/csv/index-scanner/indexEndings
 * @returns `u32`
 */
export declare function indexEndings(): number;
/**
 * src/processing/kernel/csv/index-scanner/indexEndsInCr
 * @returns `bool`
 */
export declare function indexEndsInCr(): 0 | 1;
/**
 * src/processing/kernel/csv/index-scanner/indexLines
 * @returns `u32`
 */
export declare function indexLines(): number;
/**
 * src/processing/kernel/csv/index-scanner/indexSawNul
 * @returns `bool`
 */
export declare function indexSawNul(): 0 | 1;
/**
 * src/processing/kernel/end/column-summary/describe
 * @param i `u32`
 * @param out `usize`
 */
export declare function describe(i: number, out: number): void;
/**
 * src/processing/kernel/end/dates/datesFrom
 * @param i `u32`
 * @param finest `u32`
 * @returns `usize`
 */
export declare function datesFrom(i: number, finest: number): number;
/**
 * src/processing/kernel/end/duplicates/duplicateCount
 * @returns `u32`
 */
export declare function duplicateCount(): number;
/**
 * src/processing/kernel/end/duplicates/duplicateExamples
 * @returns `u32`
 */
export declare function duplicateExamples(): number;
/**
 * src/processing/kernel/end/duplicates/examplesAt
 * @returns `usize`
 */
export declare function examplesAt(): number;
/**
 * src/processing/kernel/end/duplicates/findDuplicates
 * @param i `u32`
 * @returns `bool`
 */
export declare function findDuplicates(i: number): 0 | 1;
/**
 * src/processing/kernel/end/duplicates/markRepeated
 * @returns `usize`
 */
export declare function markRepeated(): number;
/**
 * src/processing/kernel/end/duplicates/repeatedBytes
 * @returns `u32`
 */
export declare function repeatedBytes(): number;
/**
 * src/processing/kernel/end/entry-totals/entryLengths
 * @returns `usize`
 */
export declare function entryLengths(): number;
/**
 * src/processing/kernel/end/entry-totals/entryTotals
 * @param i `u32`
 * @returns `usize`
 */
export declare function entryTotals(i: number): number;
/**
 * src/processing/kernel/end/number-passes/binChunk
 * @param at `usize`
 * @param end `usize`
 */
export declare function binChunk(at: number, end: number): void;
/**
 * src/processing/kernel/end/number-passes/binNumbers
 * @param i `u32`
 */
export declare function binNumbers(i: number): void;
/**
 * src/processing/kernel/end/number-passes/bucketsAt
 * @returns `usize`
 */
export declare function bucketsAt(): number;
/**
 * src/processing/kernel/end/number-passes/collectChunk
 * @param at `usize`
 * @param end `usize`
 * @param scale `f64`
 * @param mean `f64`
 * @param rest `f64`
 * @param bucketHalf `f64`
 * @param bucketScale `f64`
 * @param buckets `u32`
 */
export declare function collectChunk(at: number, end: number, scale: number, mean: number, rest: number, bucketHalf: number, bucketScale: number, buckets: number): void;
/**
 * src/processing/kernel/end/number-passes/collectNumbers
 * @param i `u32`
 * @param scale `f64`
 * @param mean `f64`
 * @param rest `f64`
 * @param bucketHalf `f64`
 * @param bucketScale `f64`
 * @param buckets `u32`
 * @param total `u32`
 * @returns `usize`
 */
export declare function collectNumbers(i: number, scale: number, mean: number, rest: number, bucketHalf: number, bucketScale: number, buckets: number, total: number): number;
/**
 * src/processing/kernel/end/number-passes/outsideChunk
 * @param at `usize`
 * @param end `usize`
 * @param lowerFence `f64`
 * @param upperFence `f64`
 */
export declare function outsideChunk(at: number, end: number, lowerFence: number, upperFence: number): void;
/**
 * src/processing/kernel/end/number-passes/outsideNumbers
 * @param i `u32`
 * @param lowerFence `f64`
 * @param upperFence `f64`
 */
export declare function outsideNumbers(i: number, lowerFence: number, upperFence: number): void;
/**
 * src/processing/kernel/end/number-passes/resultsAt
 * @returns `usize`
 */
export declare function resultsAt(): number;
/**
 * src/processing/kernel/end/number-passes/surveyChunk
 * @param at `usize`
 * @param end `usize`
 * @param scale `f64`
 * @param bucketHalf `f64`
 * @param bucketScale `f64`
 * @param buckets `u32`
 * @param binScale `f64`
 */
export declare function surveyChunk(at: number, end: number, scale: number, bucketHalf: number, bucketScale: number, buckets: number, binScale: number): void;
/**
 * src/processing/kernel/end/number-passes/surveyNumbers
 * @param i `u32`
 * @param scale `f64`
 * @param bucketHalf `f64`
 * @param bucketScale `f64`
 * @param buckets `u32`
 * @param binScale `f64`
 */
export declare function surveyNumbers(i: number, scale: number, bucketHalf: number, bucketScale: number, buckets: number, binScale: number): void;
/**
 * src/processing/kernel/end/pair-passes/binPairs
 * @param pairs `usize`
 * @param count `u32`
 */
export declare function binPairs(pairs: number, count: number): void;
/**
 * src/processing/kernel/end/pair-passes/outsidePairs
 * @param pairs `usize`
 * @param count `u32`
 * @param lowerFence `f64`
 * @param upperFence `f64`
 */
export declare function outsidePairs(pairs: number, count: number, lowerFence: number, upperFence: number): void;
/**
 * src/processing/kernel/end/pair-passes/spreadPairs
 * @param pairs `usize`
 * @param count `u32`
 * @param scale `f64`
 * @param mean `f64`
 * @param rest `f64`
 * @param high `f64`
 * @param low `f64`
 * @param distances `f64`
 */
export declare function spreadPairs(pairs: number, count: number, scale: number, mean: number, rest: number, high: number, low: number, distances: number): void;
/**
 * src/processing/kernel/end/pair-passes/surveyPairs
 * @param pairs `usize`
 * @param count `u32`
 * @param scale `f64`
 * @param high `f64`
 * @param low `f64`
 * @param magnitude `f64`
 * @param binScale `f64`
 */
export declare function surveyPairs(pairs: number, count: number, scale: number, high: number, low: number, magnitude: number, binScale: number): void;
/**
 * src/processing/kernel/end/top-values/topCandidates
 * @param i `u32`
 * @returns `u32`
 */
export declare function topCandidates(i: number): number;
/**
 * src/processing/kernel/end/top-values/topEntries
 * @param counts `usize`
 * @param texts `usize`
 * @param count `u32`
 * @returns `u32`
 */
export declare function topEntries(counts: number, texts: number, count: number): number;
/**
 * src/processing/kernel/end/top-values/topsAt
 * @returns `usize`
 */
export declare function topsAt(): number;
/**
 * src/processing/kernel/filter/filter-unit/beginFilter
 * @param before `f64`
 * @param standIns `f64`
 * @param listedAfter `f64`
 * @param listedMost `f64`
 * @param collects `bool`
 * @param hashed `f64`
 */
export declare function beginFilter(before: number, standIns: number, listedAfter: number, listedMost: number, collects: boolean, hashed: number): void;
/**
 * src/processing/kernel/filter/filter-unit/foundAt
 * @returns `usize`
 */
export declare function foundAt(): number;
/**
 * src/processing/kernel/filter/filter-unit/foundRows
 * @returns `u32`
 */
export declare function foundRows(): number;
/**
 * src/processing/kernel/filter/filter-unit/hashAt
 * @returns `usize`
 */
export declare function hashAt(): number;
/**
 * src/processing/kernel/filter/filter-unit/matchedRows
 * @returns `f64`
 */
export declare function matchedRows(): number;
/**
 * src/processing/kernel/filter/filter-unit/takeFound
 */
export declare function takeFound(): void;
/**
 * src/processing/kernel/filter/tests/addTest
 * @param kind `u32`
 * @param column `u32`
 * @param flags `u32`
 * @param classes `f64`
 * @param low `f64`
 * @param high `f64`
 */
export declare function addTest(kind: number, column: number, flags: number, classes: number, low: number, high: number): void;
/**
 * src/processing/kernel/filter/tests/addText
 * @param length `u32`
 * @returns `usize`
 */
export declare function addText(length: number): number;
/**
 * src/processing/kernel/filter/tests/endTest
 * @returns `bool`
 */
export declare function endTest(): 0 | 1;
/**
 * src/processing/kernel/filter/value-tests/classCountsAt
 * @returns `usize`
 */
export declare function classCountsAt(): number;
/**
 * src/processing/kernel/json/keys/keyLength
 * @param column `u32`
 * @returns `u32`
 */
export declare function keyLength(column: number): number;
/**
 * src/processing/kernel/json/keys/keyText
 * @param column `u32`
 * @returns `usize`
 */
export declare function keyText(column: number): number;
/**
 * src/processing/kernel/json/nested/readLeniently
 */
export declare function readLeniently(): void;
/**
 * src/processing/kernel/json/places/countPlaces
 * @param from `usize`
 * @param length `u32`
 */
export declare function countPlaces(from: number, length: number): void;
/**
 * src/processing/kernel/json/places/placeCharacters
 * @returns `u32`
 */
export declare function placeCharacters(): number;
/**
 * src/processing/kernel/json/places/placeLines
 * @returns `u32`
 */
export declare function placeLines(): number;
/**
 * src/processing/kernel/json/records/expected
 * @returns `u32`
 */
export declare function expected(): number;
/**
 * src/processing/kernel/json/records/isLines
 * @returns `bool`
 */
export declare function isLines(): 0 | 1;
/**
 * src/processing/kernel/json/records/newlineSince
 * @returns `bool`
 */
export declare function newlineSince(): 0 | 1;
/**
 * src/processing/kernel/json/records/recordCount
 * @returns `f64`
 */
export declare function recordCount(): number;
/**
 * src/processing/kernel/json/records/sawUnshowableString
 * @returns `bool`
 */
export declare function sawUnshowableString(): 0 | 1;
/**
 * src/processing/kernel/json/records/unitRows
 * @returns `u32`
 */
export declare function unitRows(): number;
/**
 * src/processing/kernel/json/records/walkedTo
 * @returns `u32`
 */
export declare function walkedTo(): number;
/**
 * src/processing/kernel/lanes/emitUnit
 * @param rows `u32`
 * @param isLast `bool`
 */
export declare function emitUnit(rows: number, isLast: boolean): void;
/**
 * src/processing/kernel/lanes/hasUnit
 * @returns `bool`
 */
export declare function hasUnit(): 0 | 1;
/**
 * src/processing/kernel/lanes/isReady
 * @returns `bool`
 */
export declare function isReady(): 0 | 1;
/**
 * src/processing/kernel/lanes/work
 * @param most `u32`
 * @returns `u32`
 */
export declare function work(most: number): number;
/**
 * src/processing/kernel/memory/memory/allocate
 * @param bytes `u32`
 * @returns `usize`
 */
export declare function allocate(bytes: number): number;
/**
 * src/processing/kernel/parquet/chunk/beginChunk
 * @param index `u32`
 * @param asForm `u32`
 * @param asScale `u32`
 * @param bytes `u32`
 * @param optional `u32`
 */
export declare function beginChunk(index: number, asForm: number, asScale: number, bytes: number, optional: number): void;
/**
 * src/processing/kernel/parquet/chunk/takeDictionary
 * @param length `u32`
 * @param count `u32`
 * @param ofRows `u32`
 * @returns `u32`
 */
export declare function takeDictionary(length: number, count: number, ofRows: number): number;
/**
 * src/processing/kernel/parquet/pages/beginGroup
 * @param n `u32`
 * @returns `u32`
 */
export declare function beginGroup(n: number): number;
/**
 * src/processing/kernel/parquet/pages/beginPart
 * @param levelBytes `u32`
 * @param skip `u32`
 * @param wanted `u32`
 * @returns `u32`
 */
export declare function beginPart(levelBytes: number, skip: number, wanted: number): number;
/**
 * src/processing/kernel/parquet/pages/decompressPage
 * @param from `usize`
 * @param bytes `u32`
 * @param to `u32`
 * @param length `u32`
 * @returns `u32`
 */
export declare function decompressPage(from: number, bytes: number, to: number, length: number): number;
/**
 * src/processing/kernel/parquet/pages/endChunk
 * @returns `u32`
 */
export declare function endChunk(): number;
/**
 * src/processing/kernel/parquet/pages/endGroup
 */
export declare function endGroup(): void;
/**
 * src/processing/kernel/parquet/pages/filePlace
 * @param bytes `u32`
 * @returns `usize`
 */
export declare function filePlace(bytes: number): number;
/**
 * src/processing/kernel/parquet/pages/levelsPlace
 * @param bytes `u32`
 * @returns `usize`
 */
export declare function levelsPlace(bytes: number): number;
/**
 * src/processing/kernel/parquet/pages/openColumns
 */
export declare function openColumns(): void;
/**
 * src/processing/kernel/parquet/pages/plainPage
 * @param bytes `u32`
 * @returns `usize`
 */
export declare function plainPage(bytes: number): number;
/**
 * src/processing/kernel/parquet/pages/storedPart
 * @param bytes `u32`
 * @returns `usize`
 */
export declare function storedPart(bytes: number): number;
/**
 * src/processing/kernel/parquet/pages/takePage
 * @param count `u32`
 * @param levelsAt `u32`
 * @param levelBytes `u32`
 * @param valuesAt `u32`
 * @param length `u32`
 * @param isDictionary `u32`
 * @param skip `u32`
 * @param wanted `u32`
 * @returns `u32`
 */
export declare function takePage(count: number, levelsAt: number, levelBytes: number, valuesAt: number, length: number, isDictionary: number, skip: number, wanted: number): number;
/**
 * src/processing/kernel/parquet/pages/takePart
 * @returns `u32`
 */
export declare function takePart(): number;
/**
 * src/processing/kernel/parquet/plain/beginPlain
 * @param length `u32`
 * @param window `u32`
 * @param ofSnappy `u32`
 */
export declare function beginPlain(length: number, window: number, ofSnappy: number): void;
/**
 * src/processing/kernel/parquet/plain/feedPlain
 * @param from `usize`
 * @param bytes `u32`
 * @param isLast `u32`
 * @returns `u32`
 */
export declare function feedPlain(from: number, bytes: number, isLast: number): number;
/**
 * src/processing/kernel/parquet/plain/missingBytes
 * @returns `u32`
 */
export declare function missingBytes(): number;
/**
 * src/processing/kernel/parquet/plain/passPlain
 * @param bytes `u32`
 */
export declare function passPlain(bytes: number): void;
/**
 * src/processing/kernel/parquet/plain/plainBytes
 * @returns `u32`
 */
export declare function plainBytes(): number;
/**
 * src/processing/kernel/parquet/plain/plainPlace
 * @returns `usize`
 */
export declare function plainPlace(): number;
/**
 * src/processing/kernel/values/null-texts/addNullText
 * @param number `u32`
 * @param length `u32`
 * @returns `usize`
 */
export declare function addNullText(number: number, length: number): number;
