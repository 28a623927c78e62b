// Bundles the extension and packs it as target/drawbridge-<version>.vsix, the same bytes for the same sources.
import { build } from 'esbuild';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zip } from './zip.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const target = join(root, 'target');

const { metafile } = await build({
  entryPoints: [join(root, 'src/extension.ts')],
  outfile: join(target, 'extension.js'),
  bundle: true,
  minify: true,
  sourcemap: false,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

/** What goes into the package, by its name there. */
const files = new Map();
const add = async (name, path = name) => files.set(`extension/${name}`, await readFile(join(root, path)));
await add('README.md');
await add('CHANGELOG.md');
await add('dist/extension.js', 'target/extension.js');
await add('LICENSE', '../../LICENSE');
for (const entry of await readdir(join(root, 'media'), { recursive: true, withFileTypes: true })) {
  if (entry.isFile()) {
    await add(join(entry.parentPath ?? entry.path, entry.name).slice(root.length));
  }
}
// The licences of what the bundle holds.
const bundled = new Set(Object.keys(metafile.inputs).flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
const notices = await Promise.all(
  [...bundled].sort().map(async (name) => {
    const folder = join(root, 'node_modules', name);
    const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
    return `${name}\n\n${(await readFile(join(folder, licence), 'utf8')).trim()}\n`;
  }),
);
files.set('extension/ThirdPartyNotices.txt', Buffer.from(notices.join(`\n${'-'.repeat(80)}\n\n`)));
// What only building needs stays out of what is shipped.
const { devDependencies, scripts, private: _, ...shipped } = manifest;
files.set('extension/package.json', Buffer.from(JSON.stringify(shipped, undefined, 2)));

const xml = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const property = (id, value) => `<Property Id="Microsoft.VisualStudio.${id}" Value="${xml(value)}"/>`;
const asset = (type, path) => `<Asset Type="Microsoft.VisualStudio.${type}" Path="extension/${path}" Addressable="true"/>`;
files.set(
  'extension.vsixmanifest',
  Buffer.from(`<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata>
<Identity Language="en-US" Id="${manifest.name}" Version="${manifest.version}" Publisher="${manifest.publisher}"/>
<DisplayName>${xml(manifest.displayName)}</DisplayName>
<Description xml:space="preserve">${xml(manifest.description)}</Description>
<Tags>${xml(manifest.keywords.join(','))}</Tags>
<Categories>${manifest.categories.join(',')}</Categories>
<License>extension/LICENSE</License>
<Icon>extension/${manifest.icon}</Icon>
<Properties>${property('Code.Engine', manifest.engines.vscode)}${property('Code.ExtensionKind', manifest.extensionKind.join(','))}</Properties>
</Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Dependencies/>
<Assets>${asset('Code.Manifest', 'package.json')}${asset('Services.Content.Details', 'README.md')}${asset('Services.Content.Changelog', 'CHANGELOG.md')}${asset('Services.Content.License', 'LICENSE')}${asset('Services.Icons.Default', manifest.icon)}</Assets>
</PackageManifest>
`),
);
const types = { json: 'application/json', vsixmanifest: 'text/xml', js: 'application/javascript', md: 'text/markdown', txt: 'text/plain', svg: 'image/svg+xml', png: 'image/png' };
files.set(
  '[Content_Types].xml',
  Buffer.from(`<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${Object.entries(types)
    .map(([extension, type]) => `<Default Extension=".${extension}" ContentType="${type}"/>`)
    .join('')}<Override PartName="/extension/LICENSE" ContentType="text/plain"/></Types>
`),
);
const vsix = join(target, `${manifest.name}-${manifest.version}.vsix`);
await writeFile(vsix, zip(files));
console.log(`${vsix}: ${files.size} files, ${(await readFile(vsix)).length} bytes`);
