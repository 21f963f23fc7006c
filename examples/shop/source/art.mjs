// SPDX-License-Identifier: Apache-2.0
// Flat pictures of the goods, one function for each kind of thing. A function gets the soft, main
// and accent colors and a number that varies details, and answers the shapes in a 400 × 400 frame
// whose floor is at y = 320.

const rect = (x, y, w, h, fill, r = 0) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}"${r ? ` rx="${r}"` : ''} fill="${fill}"/>`;
const circle = (x, y, r, fill) => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
const oval = (x, y, rx, ry, fill) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
const path = (d, fill) => `<path d="${d}" fill="${fill}"/>`;
const line = (d, stroke, width = 10) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" ` +
  'stroke-linecap="round" stroke-linejoin="round"/>';
const turned = (degrees, shapes) => `<g transform="rotate(${degrees} 200 200)">${shapes}</g>`;
const repeat = (count, shape) => Array.from({ length: count }, (_, i) => shape(i)).join('');

const leaf = (x, y, fill, size = 1) => {
  const s = (n) => Math.round(n * size);
  return path(
    `M${x} ${y - s(34)}q${s(34)} ${s(34)} 0 ${s(68)}q${-s(34)} ${-s(34)} 0 ${-s(68)}z`,
    fill,
  );
};

/// A motif around (200, y) that tells apart things of the same kind.
const motif = (n, y, a, b) =>
  [
    () => leaf(200, y, a) + leaf(172, y + 8, b, 0.7) + leaf(228, y + 8, b, 0.7),
    () => circle(200, y, 30, a) + circle(200, y, 14, b),
    () => repeat(3, (i) => rect(160, y - 26 + i * 20, 80, 8, i === 1 ? b : a, 4)),
    () =>
      path(`M200 ${y - 34}l34 34l-34 34l-34 -34z`, a) +
      path(`M200 ${y - 14}l14 14l-14 14l-14 -14z`, b),
    () => path(`M152 ${y + 26}l48 -56l48 56z`, a) + circle(238, y - 22, 12, b),
    () => repeat(5, (i) => circle(144 + i * 28, y + (i % 2 ? 12 : -12), 9, i % 2 ? b : a)),
  ][n % 6]();

// prettier-ignore
export const art = {
  tin: (soft, main, accent, n) =>
    rect(128, 130, 144, 190, main, 8) + rect(120, 100, 160, 36, accent, 8) +
    rect(128, 178, 144, 100, soft) + motif(n, 228, main, accent),
  box: (soft, main, accent, n) =>
    rect(90, 160, 220, 160, main, 6) + rect(80, 130, 240, 40, accent, 6) +
    rect(184, 130, 32, 190, soft) + circle(200, 128, 16, n % 2 ? soft : main) +
    line('M200 126q-40 -50 -60 -14q6 24 60 14q40 -50 60 -14q-6 24 -60 14', soft, 8),
  jar: (soft, main, accent, n) =>
    rect(130, 140, 140, 180, main, 28) + rect(144, 100, 112, 44, accent, 8) +
    rect(130, 200, 140, 76, soft) + motif(n, 238, main, accent),
  cup: (soft, main, accent, n) =>
    line('M268 210q54 -6 44 44q-10 40 -62 30', main, 16) +
    path('M110 180h170q0 130 -60 130h-50q-60 0 -60 -130z', main) +
    oval(195, 182, 85, 18, accent) + oval(195, 318, 110, 12, soft) +
    line(n % 2 ? 'M170 140q-16 -20 0 -40M215 140q-16 -20 0 -40' : 'M195 146q-20 -24 0 -52', soft),
  mug: (soft, main, accent, n) =>
    line('M262 190h30q24 0 24 30v24q0 30 -24 30h-30', main, 18) +
    rect(118, 150, 150, 170, main, 18) + rect(118, 150, 150, 26, accent, 8) +
    (n % 2 ? rect(118, 250, 150, 14, soft) : circle(193, 250, 26, soft)),
  bowl: (soft, main, accent, n) =>
    path('M100 190h200q-6 110 -70 118v12h-60v-12q-64 -8 -70 -118z', main) +
    oval(200, 190, 100, 22, accent) + (n % 2 ? line('M120 236q80 30 160 0', soft, 8) :
      repeat(4, (i) => circle(146 + i * 36, 250, 8, soft))),
  glass: (soft, main, accent, n) =>
    (n % 2
      ? path('M144 110h112l-20 80l16 100q2 30 -52 30t-52 -30l16 -100z', soft) +
        path('M158 170h84l-6 22l15 96q0 22 -51 22t-51 -22l15 -96z', main)
      : path('M140 100h120l-14 220h-92z', soft) + path('M146 180h108l-9 132h-90z', main)) +
    oval(200, 322, 90, 10, accent),
  teapot: (soft, main, accent, n) =>
    line('M268 200q70 -10 60 50q-10 44 -66 40', accent, 16) +
    path('M140 250l-66 -60q-8 -14 10 -14h20l50 40z', main) +
    oval(200, 250, 88, 70, main) + path('M146 196q54 -44 108 0z', accent) +
    circle(200, 164, 13, accent) +
    (n % 2 ? oval(200, 258, 50, 10, soft) : circle(200, 254, 24, soft)),
  kettle: (soft, main, accent, n) =>
    line('M130 190q70 -130 140 0', accent, 14) +
    (n % 2 ? line('M130 280q-50 -10 -50 -60t-30 -50', main, 16)
      : path('M136 260l-60 -50l14 -16l60 30z', main)) +
    path('M130 200h140l28 106q2 14 -14 14h-168q-16 0 -14 -14z', main) +
    rect(124, 188, 152, 18, accent, 9) + rect(112, 276, 176, 12, soft),
  strainer: (soft, main, accent) =>
    line('M246 186l100 -50', accent, 14) + path('M80 190h180q-6 110 -90 110t-90 -110z', main) +
    rect(70, 178, 200, 18, accent, 9) +
    repeat(9, (i) => circle(124 + (i % 3) * 46, 220 + Math.floor(i / 3) * 24, 6, soft)),
  whisk: (soft, main, accent, n) =>
    turned(24 + n % 3 * 6, rect(184, 70, 32, 130, accent, 14) + rect(178, 178, 44, 16, main, 6) +
      repeat(5, (i) => line(`M200 194q${(i - 2) * 34} 40 ${(i - 2) * 18} 126`, main, 7)) +
      rect(184, 92, 32, 8, soft)),
  tray: (soft, main, accent, n) =>
    oval(200, 262, 150, 56, main) + oval(200, 252, 134, 44, soft) +
    (n % 2 ? oval(200, 252, 90, 28, main) + oval(200, 252, 70, 20, accent)
      : path('M150 196h60q0 60 -30 60t-30 -60z', accent) + circle(254, 240, 18, main)),
  notebook: (soft, main, accent, n) =>
    turned(-6, rect(112, 80, 180, 240, main, 10) + rect(112, 80, 34, 240, accent, 8) +
      rect(168, 120, 100, 64, soft, 6) + motif(n, 250, soft, accent) +
      rect(262, 80, 8, 240, accent)),
  cards: (soft, main, accent, n) =>
    turned(-12, rect(96, 120, 170, 170, soft, 8)) +
    turned(6, rect(130, 110, 170, 190, main, 8) + rect(142, 122, 146, 166, soft, 4) +
      motif(n, 200, main, accent)),
  pen: (soft, main, accent, n) =>
    turned(38, rect(182, 60, 36, 170, main, 16) + rect(182, 150, 36, 14, accent) +
      path('M184 228h32l-10 70q-6 16 -12 0z', accent) + rect(214, 74, 8, 70, soft, 4)) +
    line(n % 2 ? 'M70 318q60 -30 120 0t130 0' : 'M60 320h160', main, 6),
  pencil: (soft, main, accent, n) =>
    repeat(3 + n % 2, (i) => `<g transform="translate(${i * 52 - 76} ${(i % 2) * 26})">` +
      rect(176, 130, 36, 180, [main, accent, main, accent][i]) +
      path('M176 130l18 -56l18 56z', soft) + path('M187 96l7 -22l7 22z', main) + '</g>'),
  ink: (soft, main, accent, n) =>
    rect(110, 180, 180, 140, main, 26) + rect(150, 140, 100, 46, main) +
    rect(140, 106, 120, 44, accent, 8) + rect(136, 216, 128, 72, soft, 6) +
    (n % 2 ? circle(200, 252, 20, main) : path('M200 226q28 36 0 52q-28 -16 0 -52z', main)),
  deskbox: (soft, main, accent, n) =>
    repeat(3, (i) =>
      turned((i - 1) * 9, rect(166 + i * 24, 70, 16, 160, i === 1 ? soft : accent, 6))) +
    rect(120, 190, 160, 130, main, 12) + rect(120, 190, 160, 20, accent, 8) +
    motif(n, 264, soft, accent),
  book: (soft, main, accent, n) =>
    rect(110, 70, 190, 250, main, 8) + rect(122, 296, 178, 16, soft) +
    rect(110, 70, 22, 250, accent) + motif(n, 170, soft, accent) +
    rect(164, 240, 92, 10, soft, 5) + rect(180, 260, 60, 8, accent, 4),
  ebook: (soft, main, accent, n) =>
    rect(112, 66, 176, 256, main, 20) + rect(128, 86, 144, 196, '#fff', 6) +
    circle(200, 302, 9, soft) + motif(n, 140, main, accent) +
    repeat(4, (i) => rect(148, 200 + i * 18, i === 3 ? 60 : 104, 8, soft, 4)),
  sheet: (soft, main, accent, n) =>
    turned(-8, rect(110, 80, 170, 230, soft, 4)) +
    path('M124 80h130l46 46v194h-176z', '#fff') + path('M254 80v46h46z', accent) +
    motif(n, 176, main, accent) +
    repeat(4, (i) => rect(150, 234 + i * 20, i % 2 ? 90 : 120, 8, soft, 4)),
  audio: (soft, main, accent, n) =>
    line('M100 240v-30a100 100 0 0 1 200 0v30', main, 20) + rect(80, 216, 50, 92, accent, 22) +
    rect(270, 216, 50, 92, accent, 22) +
    repeat(5, (i) => rect(150 + i * 22, 230 - [10, 30, 18, 36, 14][(i + n) % 5], 12,
      2 * [10, 30, 18, 36, 14][(i + n) % 5], soft, 6)),
  course: (soft, main, accent, n) =>
    rect(70, 100, 260, 180, main, 16) + rect(86, 116, 228, 132, soft, 8) +
    circle(200, 182, 42, accent) + path('M186 158l40 24l-40 24z', main) +
    rect(86, 260, 228, 8, soft, 4) +
    rect(86, 260, 60 + n % 5 * 30, 8, accent, 4) + rect(150, 296, 100, 14, main, 7),
  giftcard: (soft, main, accent) =>
    turned(-7, rect(70, 120, 260, 166, main, 18) + rect(70, 176, 260, 26, accent) +
      rect(136, 120, 26, 166, accent) +
      line('M149 176q-44 -44 -54 -14q2 20 54 14q44 -44 54 -14q-2 20 -54 14', soft, 8)),
  lamp: (soft, main, accent, n) =>
    path('M60 320l70 -130h140l70 130z', soft) +
    path(n % 2 ? 'M150 80h100l46 110h-192z' : 'M104 190q0 -110 96 -110t96 110z', main) +
    rect(190, 190, 20, 106, accent) + (n % 3 ? rect(140, 296, 120, 24, accent, 10)
      : oval(200, 268, 46, 52, accent)),
  desklamp: (soft, main, accent, n) =>
    path('M96 320l50 -150l80 30l70 120z', soft) +
    line(n % 2 ? 'M270 310l40 -100l-130 -80' : 'M280 310v-110l-100 -80', accent, 12) +
    path('M120 190l40 -86q50 -10 66 34z', main) + rect(220, 304, 110, 16, main, 8),
  floorlamp: (soft, main, accent, n) =>
    (n % 2 ? line('M270 316v-180q0 -70 -70 -70t-70 60', accent, 10) +
        path('M90 170q0 -50 44 -50t44 50z', main) + rect(220, 308, 100, 14, main, 7)
      : line('M200 150l-60 168M200 150l60 168M200 150v168', accent, 10) +
        path('M150 60h100l30 94h-160z', main)) + oval(200, 326, 130, 8, soft),
  pendant: (soft, main, accent, n) =>
    path('M80 330l50 -130h140l50 130z', soft) + rect(196, 0, 8, 100, accent) + [
      path('M90 210q0 -116 110 -116t110 116z', main),
      path('M150 96h100l56 104h-212z', main),
      oval(200, 156, 100, 66, main) + line('M110 156q90 30 180 0M130 120q70 22 140 0', soft, 5),
    ][n % 3] + circle(200, 214, 20, accent),
  bulb: (soft, main, accent, n) =>
    circle(200, 170, 120, soft) + path('M200 80q76 0 76 76q0 44 -40 78v26h-72v-26' +
      'q-40 -34 -40 -78q0 -76 76 -76z', accent) + rect(164, 262, 72, 46, main, 10) +
    line(n % 2 ? 'M176 250v-60l24 24l24 -24v60' : 'M186 250v-50q-20 -40 14 -40t14 40v50', main, 6),
  lantern: (soft, main, accent, n) =>
    line('M160 110q40 -76 80 0', main, 10) + path('M200 84l74 56h-148z', main) +
    rect(130, 140, 140, 160, soft) + rect(120, 300, 160, 20, main, 6) +
    path('M200 180q26 34 0 58q-26 -24 0 -58z', accent) + rect(182, 240, 36, 60, accent, 4) +
    (n % 2 ? line('M130 140v160M270 140v160', main, 10)
      : line('M130 140l140 160M270 140l-140 160', main, 6)),
  candle: (soft, main, accent, n) =>
    circle(200, 110, 56, soft) + path('M200 70q26 36 0 58q-26 -22 0 -58z', accent) +
    rect(197, 124, 6, 30, main) + rect(136, 150, 128, 170, main, 14) +
    rect(136, 204, 128, 70, soft) + motif(n, 239, main, accent),
  blanket: (soft, main, accent, n) =>
    rect(90, 130, 220, 56, main, 26) + rect(80, 186, 240, 60, accent, 28) +
    rect(70, 246, 260, 70, main, 30) +
    repeat(6, (i) => rect(104 + i * 36, n % 2 ? 258 : 246, 10, n % 2 ? 46 : 70, soft, 5)),
  cushion: (soft, main, accent, n) =>
    path('M90 110q110 28 220 0q-26 105 0 210q-110 -28 -220 0q26 -105 0 -210z', main) +
    [line('M140 160q60 14 120 0M140 270q60 -14 120 0', soft, 10),
      path('M200 150l60 64l-60 64l-60 -64z', accent) + path('M200 184l28 30l-28 30l-28 -30z', soft),
      repeat(9, (i) => circle(150 + (i % 3) * 50, 166 + Math.floor(i / 3) * 50, 9, accent))][n % 3],
  vase: (soft, main, accent, n) =>
    line('M200 150q-6 -60 -40 -96M200 150q0 -60 30 -104', accent, 6) +
    leaf(158, 66, accent, 0.8) + leaf(234, 58, accent, 0.8) + [
      path('M170 140h60l-8 40q70 60 34 140h-112q-36 -80 34 -140z', main),
      path('M150 140h100v20q40 80 -10 160h-80q-50 -80 -10 -160z', main) +
        line('M150 170q-50 20 -14 70M250 170q50 20 14 70', main, 12),
      path('M160 140h80l16 180h-112z', main)][n % 3] + rect(150, 250, 100, 12, soft, 6),
  basket: (soft, main, accent, n) =>
    line('M120 200q80 -150 160 0', accent, 14) + path('M84 190h232l-30 130h-172z', main) +
    rect(76, 178, 248, 24, accent, 12) +
    repeat(3, (i) => line(`M${110 + i * 6} ${228 + i * 30}h${180 - i * 12}`, soft, n % 2 ? 6 : 9)),
  towel: (soft, main, accent, n) =>
    rect(70, 84, 260, 14, accent, 7) + rect(120, 92, 160, 220, main) +
    rect(120, 92, 50, 170, soft) +
    repeat(n % 3 + 1, (i) => rect(120, 262 - i * 24, 160, 10, accent)) +
    repeat(8, (i) => rect(126 + i * 20, 312, 8, 14, main)),
  desk: (soft, main, accent, n) =>
    rect(60, 180, 280, 22, main, 6) + rect(200, 202, 124, 44, accent, 4) +
    circle(262, 224, 6, main) + line('M84 204l-8 116M316 204l8 116', main, 14) +
    (n % 2 ? rect(90, 130, 70, 50, soft, 4)
      : rect(96, 156, 80, 24, soft, 3) + rect(106, 140, 60, 16, accent, 3)),
  stool: (soft, main, accent) =>
    oval(200, 330, 110, 10, soft) + line('M150 170l-40 150M250 170l40 150M200 170v150', main, 16) +
    line('M128 256h144', accent, 10) + rect(100, 146, 200, 32, accent, 16),
  plant: (soft, main, accent) =>
    leaf(200, 120, accent, 1.9) + leaf(150, 150, main, 1.5) + leaf(250, 150, main, 1.5) +
    path('M126 210h148l-22 110h-104z', main) + rect(116, 190, 168, 30, accent, 8) +
    oval(200, 322, 84, 8, soft),
  clock: (soft, main, accent) =>
    circle(200, 200, 124, main) + circle(200, 200, 106, soft) + line('M200 200v-66', main, 10) +
    line('M200 200l46 28', accent, 10) + circle(200, 200, 11, main) +
    repeat(4, (i) => turned(i * 90, rect(196, 104, 8, 18, main, 4))),
  cake: (soft, main, accent, n) =>
    oval(200, 300, 130, 14, soft) + circle(200, 190, 112, main) + circle(200, 190, 92, soft) +
    motif(n, 190, main, accent),
  scoop: (soft, main, accent, n) =>
    turned(40, rect(190, 60, 20, 190, main, 10) + rect(190, 60, 20, 40, accent, 10) +
      (n % 2 ? repeat(4, (i) => rect(168, 240 + i * 18, 64, 12, main, 6))
        : oval(200, 282, 34, 52, main) + oval(200, 286, 20, 34, soft))),
  shelf: (soft, main, accent) =>
    rect(70, 180, 260, 14, main) + rect(70, 290, 260, 14, main) +
    repeat(5, (i) => rect(90 + i * 24, 108 + (i % 3) * 8, 20, 72 - (i % 3) * 8,
      i % 2 ? accent : main, 3)) + leaf(280, 124, main) + leaf(258, 134, accent, 0.8) +
    rect(250, 152, 54, 28, soft, 4) + rect(110, 250, 90, 40, accent, 4) +
    rect(230, 240, 60, 50, soft),
  scissors: (soft, main, accent) =>
    turned(20, line('M176 70l40 170', soft, 16) + line('M224 70l-40 170', main, 16)) +
    `<g fill="none" stroke="${accent}" stroke-width="16"><circle cx="124" cy="268" r="34"/>` +
    '<circle cx="200" cy="290" r="34"/></g>' + circle(196, 164, 7, accent),
  ruler: (soft, main, accent) =>
    turned(-28, rect(50, 170, 300, 60, main, 6) + rect(50, 214, 300, 16, accent, 4) +
      repeat(14, (i) => rect(66 + i * 21, 170, 4, i % 5 ? 16 : 28, soft))),
  clips: (soft, main, accent) =>
    repeat(3, (i) => `<g transform="rotate(${i * 24 - 24} 200 330)">` +
      line('M180 250v-120a20 20 0 0 1 40 0v140a32 32 0 0 1 -64 0v-110',
        [accent, main, soft][i], 9) + '</g>'),
  tapers: (soft, main, accent, n) =>
    repeat(3, (i) => rect(112 + i * 66, 130 + (i + n) % 3 * 26, 44, 190 - (i + n) % 3 * 26,
      i === 1 ? soft : main, 8) + path(`M${134 + i * 66} ${76 + (i + n) % 3 * 26}q18 26 0 44q-18 ` +
      '-18 0 -44z', accent)),
  slippers: (soft, main, accent) =>
    repeat(2, (i) => `<g transform="translate(${i * 116 - 58} ${i * 14})">` +
      oval(200, 220, 48, 104, main) + oval(200, 240, 34, 76, soft) +
      path('M152 216q-4 -100 48 -100t48 100q-48 30 -96 0z', accent) + '</g>'),
  apron: (soft, main, accent) =>
    line('M160 110q40 -80 80 0', accent, 10) + line('M120 200h-50M280 200h50', accent, 8) +
    path('M156 104h88l12 80q30 8 30 30v106h-172v-106q0 -22 30 -30z', main) +
    rect(146, 226, 48, 52, soft, 4) + rect(206, 226, 48, 52, soft, 4),
  mirror: (soft, main, accent) =>
    circle(200, 190, 126, main) + circle(200, 190, 112, soft) +
    line('M150 170l50 -50M140 230l110 -110M200 250l50 -50', '#fff', 8) +
    line('M170 68q30 -50 60 0', accent, 8),
  bottle: (soft, main, accent, n) =>
    rect(172, 60, 56, 40, accent, 8) + path('M178 100h44v30q40 20 40 60v110q0 20 -20 20h-84' +
      'q-20 0 -20 -20v-110q0 -40 40 -60z', soft) +
    path('M138 200h124v100q0 20 -20 20h-84q-20 0 -20 -20z', main) + motif(n, 256, soft, accent),
  bookmark: (soft, main, accent) =>
    turned(16, path('M200 60q80 90 0 240q-80 -150 0 -240z', main) +
      line('M200 110v190M200 170l26 -26M200 170l-26 -26M200 214l28 -28M200 214l-28 -28', soft, 6) +
      line('M200 300q10 30 -20 44', accent, 6)),
  mat: (soft, main, accent) =>
    path('M110 200h180l60 110h-300z', main) + path('M126 216h148l40 78h-228z', accent) +
    path('M140 230h120l26 50h-172z', soft),
  timer: (soft, main, accent) =>
    rect(110, 80, 180, 20, main, 8) + rect(110, 300, 180, 20, main, 8) +
    path('M136 100h128q0 70 -50 100q50 30 50 100h-128q0 -70 50 -100q-50 -30 -50 -100z', soft) +
    path('M156 140h88q-12 36 -44 56q-32 -20 -44 -56z', accent) +
    path('M146 300q10 -46 54 -56q44 10 54 56z', accent) + rect(197, 190, 6, 60, accent),
};
