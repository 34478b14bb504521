/** Those who make cards that compute. Management controllers and virtual displays have others. */
export const VENDORS: Readonly<Record<string, string>> = {
  '0x10de': 'NVIDIA',
  '0x1002': 'AMD',
  '0x8086': 'Intel',
};

type Card = { readonly name: string; readonly memoryMegabytes: number };

/** What `nvidia-smi --query-gpu=name,memory.total --format=csv,noheader,nounits` prints: a line for each card. */
export function readNvidia(text: string): Card | undefined {
  const cards = text.split('\n').flatMap((line) => {
    const [, name, memory] = /^(.+), (\d+)$/.exec(line.trim()) ?? [];
    return name === undefined ? [] : [{ name, memoryMegabytes: Number(memory) }];
  });
  return together(cards);
}

/** What `rocm-smi --showproductname --showmeminfo vram --json` prints; older versions write other names. */
export function readRocm(text: string): Card | undefined {
  const cards = Object.entries(JSON.parse(text) as Record<string, Record<string, string>>)
    .filter(([key]) => /^card\d+$/.test(key))
    .flatMap(([, fields]) => {
      const name = fields['Card Series'] ?? fields['Card series'] ?? fields['Card SKU'];
      const bytes = Number(fields['VRAM Total Memory (B)'] ?? 0);
      return name === undefined
        ? []
        : [{ name: `AMD ${name}`, memoryMegabytes: Math.floor(bytes / 2 ** 20) }];
    });
  return together(cards);
}

/** What `lspci -mm` prints: `00:02.0 "VGA compatible controller" "Intel Corporation" "…" …`. It knows no memory. */
export function readGraphicsLines(text: string): Card | undefined {
  const cards = text.split('\n').flatMap((line) => {
    const [, kind = '', vendor = '', device = ''] = /^\S+ "([^"]*)" "([^"]*)" "([^"]*)"/.exec(line) ?? [];
    const maker = Object.values(VENDORS).find(
      (each) => vendor.includes(each) || vendor.includes(`[${each}]`),
    );
    const isGraphics = /VGA|3D|Display/.test(kind) && maker !== undefined;
    return isGraphics ? [{ name: `${maker} ${device}`, memoryMegabytes: 0 }] : [];
  });
  return together(cards);
}

/** Equal cards as `2 × name`; the largest where they differ, as a job runs on one. */
function together(cards: readonly Card[]): Card | undefined {
  const [largest] = [...cards].sort((a, b) => b.memoryMegabytes - a.memoryMegabytes);
  if (largest === undefined) return undefined;
  const count = cards.filter(({ name }) => name === largest.name).length;
  const name = count > 1 ? `${count} × ${largest.name}` : largest.name;
  return { name: name.slice(0, 128), memoryMegabytes: largest.memoryMegabytes };
}
