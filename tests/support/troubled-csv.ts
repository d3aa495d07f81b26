/** A table of seven columns with one trouble or more in most of them: what the report's page is looked at with. */
export function troubledCsv(): string {
  const rows = ['id,day,amount,city,price,note,nothing'];
  for (let i = 1; i <= 200; i++) {
    const day = `2024-0${1 + (i % 9)}-1${i % 7}`;
    const amount = i === 100 ? '9999' : String(10 + (i % 17));
    const city = ['Oslo', ' Lima', 'Pune'][i % 3];
    rows.push(`${i},${day},${amount},${city},"$1,${100 + (i % 5)}.50",${i % 2 ? 'NA' : 'seen'},`);
  }
  rows.push(rows[7]!, '201,2024-05-05,12');
  return `${rows.join('\n')}\n`;
}
