// npm run build: `dist` of every workspace, dependencies first.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureDependencies, root } from './ensure-dependencies.mjs';
import { runTool } from './run-tool.mjs';

ensureDependencies();
const { compilePackage } = await import('./compile-package.mjs');

for (const { name, folder, manifest } of inDependencyOrder(listWorkspaces())) {
  process.stdout.write(`${name} (${relative(root, folder)})\n`);
  const hasOwnBuild = manifest.scripts?.build !== undefined;
  const isBuilt = hasOwnBuild
    ? (await runTool('npm', ['run', 'build'], { cwd: folder })) === 0
    : compile(folder);
  if (!isBuilt) process.exit(1);
}

function compile(folder) {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  return compilePackage(folder);
}

/** The workspaces as npm linked them. */
function listWorkspaces() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const folders = Object.values(packages).flatMap(({ link, resolved }) =>
    link ? [join(root, resolved)] : [],
  );
  return folders.flatMap((folder) => {
    if (!existsSync(join(folder, 'src'))) return [];
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return [{ name: manifest.name, folder, manifest }];
  });
}

function inDependencyOrder(workspaces) {
  const byName = new Map(workspaces.map((each) => [each.name, each]));
  const ordered = new Set();
  const visit = (workspace) => {
    if (ordered.has(workspace)) return;
    for (const name of Object.keys(workspace.manifest.dependencies ?? {})) {
      if (byName.has(name)) visit(byName.get(name));
    }
    ordered.add(workspace);
  };
  for (const workspace of workspaces) visit(workspace);
  return [...ordered];
}
