/* The table of an exhibit for the clipboard: as HTML for documents, as lines with tabs for sheets.
   It is read from the CSV file, so what would run in a spreadsheet was made harmless already. */
(function (atlas) {
  "use strict";

  /* Parts of a clipboard entry, each a promise. address: that of the CSV file. */
  atlas.tableFor = function (address) {
    const table = fetched(address);
    const part = (kind, write) => table.then((file) => new Blob([write(file)], { type: kind }));
    return { "text/plain": part("text/plain", asLines), "text/html": part("text/html", asHtml) };
  };

  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return parted(rowsOf((await answer.text()).replace(/^\uFEFF/, "")));
  }

  /* Lines about the table, its header and its rows; the first empty row parts them. */
  function parted(rows) {
    const empty = rows.findIndex((row) => row.length === 1 && row[0] === "");
    const about = rows.slice(0, empty).map(([name, text]) => [name.replace(/^# /, ""), text]);
    return { title: about[0][1], about: about.slice(1), header: rows[empty + 1], rows: rows.slice(empty + 2) };
  }

  function rowsOf(text) {
    const rows = [[""]];
    let quoted = false;
    const add = (letter) => { rows.at(-1).push(rows.at(-1).pop() + letter); };
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at];
      if (letter !== '"') {
        if (quoted) add(letter);
        else unquoted(letter, rows, add);
      } else if (quoted && text[at + 1] === '"') {
        add(letter);
        at += 1;
      } else quoted = !quoted;
    }
    if (rows.at(-1).join("") === "") rows.pop();
    return rows;
  }

  /* Outside of quotes some letters part cells and rows. */
  function unquoted(letter, rows, add) {
    if (letter === ",") rows.at(-1).push("");
    else if (letter === "\n") rows.push([""]);
    else if (letter !== "\r") add(letter);
  }

  function asLines({ title, about, header, rows }) {
    const flat = (cells) => cells.map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t");
    return [[title], [], header, ...rows, [], ...about].map(flat).join("\r\n");
  }

  function asHtml({ title, about, header, rows }) {
    const numeric = header.map((_, i) => rows.some((row) => row[i]) && rows.every((row) => /^-?[\d.]*$/.test(row[i])));
    const cells = (name, row) => row.map((cell, i) =>
      `<${name}${numeric[i] ? ' style="text-align:right"' : ""}>${escaped(cell)}</${name}>`).join("");
    return `<p><b>${escaped(title)}</b></p>`
      + `<table border="1" cellspacing="0" cellpadding="4"><thead><tr>${cells("th", header)}</tr></thead>`
      + `<tbody>${rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("")}</tbody></table>`
      + `<p>${about.map(([name, text]) => `${escaped(name)}: ${escaped(text)}`).join("<br>")}</p>`;
  }

  const escaped = (text) => text.replace(/[&<>"]/g, (letter) =>
    ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter]);
})(window.atlas);
