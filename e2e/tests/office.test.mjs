// What the checks of office files rest on: LibreOffice converts, and the text comes back whole.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { convert, inFolder, isA4, plain, readDocx, readXlsx } from '../lib/office.mjs';

function made(name, text, to, end) {
  return inFolder(async (folder) => {
    await writeFile(join(folder, name), text);
    await convert(folder, name, to);
    return readFile(join(folder, name.replace(/\w+$/, end)));
  });
}

test('the text of a DOCX is read, with the size of its pages', async () => {
  const html = '<meta charset="utf-8"><style>@page{size:21cm 29.7cm}</style><h1>BẢNG XẾP HẠNG NĂM 2021</h1><p>Điểm: 81,33 %</p>';
  const bytes = await made('a.html', html, 'docx:Office Open XML Text', 'docx');
  const { pages, sizes, text } = await readDocx(bytes);
  assert.equal(pages, 1);
  assert.ok(sizes.every(isA4), `${sizes}`);
  assert.ok(plain(text).includes(plain('Bảng xếp hạng\n năm 2021')), text);
});

test('the rows of every sheet of an XLSX are read', async () => {
  const bytes = await made('a.fods', workbook({ 'Kết quả': [['Đơn vị', 'Điểm'], ['Sở Nội vụ', 'đạt']], 'Chú thích': [['Nguồn']] }), 'xlsx', 'xlsx');
  const sheets = await readXlsx(bytes);
  assert.deepEqual(sheets.map(({ sheet }) => sheet).sort(), ['Chú thích', 'Kết quả']);
  assert.equal(sheets.find(({ sheet }) => sheet === 'Kết quả').csv, 'Đơn vị,Điểm\nSở Nội vụ,đạt\n');
});

/** A flat OpenDocument workbook: sheets by name, rows of texts. */
function workbook(sheets) {
  const cell = (text) => `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;
  const row = (cells) => `<table:table-row>${cells.map(cell).join('')}</table:table-row>`;
  const tables = Object.entries(sheets).map(([name, rows]) => `<table:table table:name="${name}">${rows.map(row).join('')}</table:table>`);
  const spaces = ['office', 'table', 'text'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document ${spaces.join(' ')} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet>${tables.join('')}</office:spreadsheet></office:body></office:document>`;
}

test('only A4 is A4', () => {
  assert.ok(isA4([595.92, 842.88]) && isA4([841.9, 595.3]));
  assert.ok(!isA4([612, 792]));
});
