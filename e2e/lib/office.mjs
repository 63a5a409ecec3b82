// Files as an office would open them: LibreOffice converts, poppler reads.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SLOWEST = 180_000;
/** Names of sheets become names of files: LibreOffice must not take the letters of a bare machine for ASCII. */
const LETTERS = { ...process.env, LC_ALL: 'C.UTF-8' };
/** UTF-8, commas, each sheet as a file of its own. */
const EVERY_SHEET = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

/** A folder that goes when the work is done. */
export async function inFolder(work) {
  const folder = await mkdtemp(join(tmpdir(), 'cchc-e2e-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Size and text of a PDF: `{ pages, sizes: [[width, height]], text }`, sizes in points. */
export async function readPdf(path) {
  const { stdout: info } = await run('pdfinfo', ['-f', '1', '-l', '9999', path]);
  const { stdout: text } = await run('pdftotext', ['-layout', path, '-'], { maxBuffer: 64 << 20 });
  const sizes = [...info.matchAll(/^Page\s+\d+\s+size:\s+([\d.]+) x ([\d.]+)/gm)].map((size) => [+size[1], +size[2]]);
  return { pages: Number(/^Pages:\s+(\d+)/m.exec(info)?.[1] ?? 0), sizes, text };
}

/** A4, either way up, within a millimetre. */
export function isA4([width, height]) {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return Math.abs(short - 595.3) < 3 && Math.abs(long - 841.9) < 3;
}

/** Converts a DOCX (its bytes) and reads the PDF. */
export function readDocx(bytes) {
  return inFolder(async (folder) => {
    await writeFile(join(folder, 'file.docx'), bytes);
    await convert(folder, 'file.docx', 'pdf');
    return readPdf(join(folder, 'file.pdf'));
  });
}

/** Converts an XLSX (its bytes): a list of `{ sheet, csv }`. */
export function readXlsx(bytes) {
  return inFolder(async (folder) => {
    await writeFile(join(folder, 'file.xlsx'), bytes);
    await convert(folder, 'file.xlsx', EVERY_SHEET);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
    const read = async (name) => ({ sheet: basename(name, '.csv').replace(/^file-?/, ''), csv: await readFile(join(folder, name), 'utf8') });
    return Promise.all(names.map(read));
  });
}

/** Converts a file of the folder into the same folder; the form is a name of LibreOffice's own. */
export async function convert(folder, name, to) {
  const options = ['--headless', '--norestore', `-env:UserInstallation=file://${folder}/profile`];
  const work = ['--convert-to', to, '--outdir', folder, join(folder, name)];
  await run('libreoffice', [...options, ...work], { timeout: SLOWEST, env: LETTERS });
}

/** Words without regard to case and line breaks, to look one text up in another. */
export function plain(text) {
  return text.normalize('NFC').toLocaleLowerCase('vi').replace(/[\s\u00a0]+/g, ' ').trim();
}
