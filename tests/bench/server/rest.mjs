// SPDX-License-Identifier: Apache-2.0
// How long a server takes to its first answer, and its memory at rest.
import { figure, median } from './setting.mjs';
import { mib, newShop, withServer } from './shop.mjs';

export async function rest(engine) {
  const shop = newShop(engine);
  const starts = [];
  const memory = [];
  for (let i = 0; i < 7; i += 1) {
    await withServer(shop, async (server) => {
      starts.push(server.ms);
      memory.push(mib(server, 'VmRSS'));
    });
  }
  const name = engine.name === 'sqlite' ? 'server' : `server_${engine.name}`;
  figure(`${name}_start_ms`, median(starts), 1);
  figure(`${name}_idle_mib`, median(memory), 1);
}
