// A server's entry from what a person types, and the name that is proposed for it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { definitionOf, nameFor } from '../src/definition';

test('addresses and commands become entries', () => {
  assert.deepEqual(definitionOf(' https://mcp.example.com/mcp '), { type: 'http', url: 'https://mcp.example.com/mcp' });
  assert.deepEqual(definitionOf('npx -y @scope/server --root "/home/ada/my files"'), { command: 'npx', args: ['-y', '@scope/server', '--root', '/home/ada/my files'] });
  assert.deepEqual(definitionOf("server --say='a b'"), { command: 'server', args: ['--say=a b'] });
  assert.deepEqual(definitionOf('/usr/bin/server'), { command: '/usr/bin/server' });
});

test('a name is proposed', () => {
  for (const [target, name] of [
    ['https://mcp.linear.app/sse', 'linear'],
    ['https://api.githubcopilot.com/mcp/', 'githubcopilot'],
    ['http://localhost:3000/mcp', 'localhost'],
    ['http://127.0.0.1:3000/mcp', '127.0.0.1'],
    ['npx -y @modelcontextprotocol/server-everything@1.0', 'everything'],
    ['uvx mcp-server-git', 'git'],
    ['/opt/tools/build-mcp --stdio', 'build'],
    ['node ./dist/index.js', 'index.js'],
  ] as const) {
    assert.equal(nameFor(target), name, target);
  }
});
