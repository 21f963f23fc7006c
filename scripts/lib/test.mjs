// SPDX-License-Identifier: Apache-2.0
// Runs the stages one after the other: a line for each, the output of those that fail, a summary.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stages } from '../stages.mjs';
import { count, resultsOf, seedsOf } from './counts.mjs';
import { root } from './files.mjs';

const { values: options } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    verbose: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
const logs = resolve(root, 'build/test');
mkdirSync(logs, { recursive: true });

/** The chosen stages, and before each one those that it needs. */
function chosen() {
  const byName = new Map(stages.map((stage) => [stage.name, stage]));
  const picked = new Set();
  const pick = (stage) => {
    for (const name of stage.needs ?? []) pick(byName.get(name));
    picked.add(stage);
  };
  if (options.only.length === 0) {
    for (const stage of stages) if (options.long || !stage.long) pick(stage);
  }
  for (const name of options.only) {
    const found = stages.filter((stage) => stage.name === name || stage.group === name);
    if (found.length === 0) throw new Error(`there is no stage or group named ${name}`);
    found.forEach(pick);
  }
  const exists = (path) => path === undefined || existsSync(resolve(root, path));
  return stages.filter((stage) => picked.has(stage) && exists(stage.when));
}

function run(stage) {
  return new Promise((done) => {
    const log = createWriteStream(resolve(logs, `${stage.name}.log`));
    const chunks = [];
    const child = spawn(stage.run[0], stage.run.slice(1), {
      cwd: root,
      env: { ...process.env, ...stage.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk) => {
      chunks.push(chunk);
      log.write(chunk);
      if (options.verbose) process.stdout.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      keep(Buffer.from(`${error.message}\n`));
      done({ succeeded: false, output: Buffer.concat(chunks).toString() });
    });
    child.on('close', (code) => {
      log.end();
      done({ succeeded: code === 0, output: Buffer.concat(chunks).toString() });
    });
  });
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

function report({ stage, passed, failed, ms, lacks, output }) {
  const told = lacks ? `not run, ${lacks} failed` : `${passed} passed, ${failed} failed`;
  const mark = failed === 0 ? 'ok  ' : 'FAIL';
  console.log(`${mark}  ${stage.name.padEnd(14)} ${told.padEnd(28)} ${seconds(ms).padStart(8)}`);
  if (failed === 0 || lacks || options.verbose) return;
  console.log(
    output
      .trimEnd()
      .split('\n')
      .slice(-60)
      .map((line) => `      ${line}`)
      .join('\n'),
  );
  console.log(`      (all of it: build/test/${stage.name}.log)`);
}

async function judge(stage, results) {
  const lacks = stage.needs?.find((name) =>
    results.some((r) => r.stage.name === name && r.failed > 0),
  );
  if (lacks) return { stage, passed: 0, failed: 1, ms: 0, lacks };
  const left = resultsOf(stage);
  if (left) rmSync(resolve(root, left), { recursive: true, force: true });
  const began = performance.now();
  const { succeeded, output } = await run(stage);
  const ms = performance.now() - began;
  return { stage, ...count(stage, succeeded, output), seeds: seedsOf(stage, output), ms, output };
}

async function main() {
  const wanted = chosen();
  if (options.list) {
    for (const stage of wanted) console.log(`${stage.name.padEnd(14)} ${stage.run.join(' ')}`);
    return 0;
  }
  const results = [];
  for (const stage of wanted) {
    results.push(await judge(stage, results));
    report(results.at(-1));
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  const summary = results.map(({ stage, passed, failed, ms, seeds = [] }) => ({
    name: stage.name,
    passed,
    failed,
    ms: Math.round(ms),
    seeds,
  }));
  const text = `${JSON.stringify(summary, undefined, 2)}\n`;
  writeFileSync(resolve(logs, 'summary.json'), text);
  if (options.long) writeFileSync(resolve(root, 'build/long.json'), text);
  const broken = results.filter((result) => result.failed > 0).map((result) => result.stage.name);
  console.log(
    `\nin ${seconds(sum('ms'))}${broken.length > 0 ? `; not well: ${broken.join(', ')}` : ''}`,
  );
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

process.exitCode = await main();
