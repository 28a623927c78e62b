// The view *MCP Servers*: each server with its state, and below it its tools.
import { EventEmitter, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, window, type Disposable, type TreeDataProvider } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { LSPObject, Server } from '../generated/protocol';
import { sentenceOf } from '../problem';
import type { Servers } from '../servers';
import { count, lookOf, needy, othersOf } from './describe';
import { tooltipOf } from './tooltip';

export type Node = ServerNode | LeafNode;

export class ServerNode extends TreeItem {
  constructor(readonly server: Server) {
    super(server.name, server.state.kind === 'connected' ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
    const look = lookOf(server);
    this.id = server.name;
    this.description = look.description;
    this.iconPath = new ThemeIcon(look.icon, look.color ? new ThemeColor(look.color) : undefined);
    this.contextValue = ['server', ...look.verbs].join(' ');
    this.tooltip = tooltipOf(server);
    this.accessibilityInformation = { label: `${server.name}, ${look.description}. ${look.next}` };
  }
}

/** A tool, or a line about what else there is. */
export class LeafNode extends TreeItem {
  constructor(server: string, label: string, icon: string, kind: 'tool' | 'line', tooltip = '') {
    super(label, TreeItemCollapsibleState.None);
    this.id = `${server}\n${kind}\n${label}`;
    this.iconPath = new ThemeIcon(icon);
    this.contextValue = kind;
    if (tooltip !== '') {
      this.description = tooltip.split('\n', 1)[0] ?? '';
      this.tooltip = new MarkdownString(undefined).appendMarkdown('**').appendText(label).appendMarkdown('**\n\n').appendText(tooltip);
    }
  }
}

export class ServerTree implements TreeDataProvider<Node>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view;
  private readonly subscriptions: Disposable[];

  constructor(
    private readonly servers: Servers,
    private readonly drawbridge: Drawbridge,
  ) {
    this.view = window.createTreeView('drawbridge.servers', { treeDataProvider: this, showCollapseAll: true });
    this.subscriptions = [this.view, this.changed, servers.onDidChange(() => this.refresh()), drawbridge.onDidChangePhase(() => this.refresh())];
  }

  getTreeItem(node: Node): TreeItem {
    return node;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      return this.servers.all.map((server) => new ServerNode(server));
    }
    if (!(node instanceof ServerNode)) {
      return [];
    }
    const { name } = node.server;
    const others = othersOf(node.server).map((other) => new LeafNode(name, other, 'list-unordered', 'line'));
    try {
      const tools = (await this.servers.toolsOf(name)).map((tool) => new LeafNode(name, text(tool, 'name'), 'tools', 'tool', text(tool, 'description')));
      return [...tools, ...others];
    } catch (error) {
      return [new LeafNode(name, sentenceOf(error), 'warning', 'line'), ...others];
    }
  }

  dispose(): void {
    this.subscriptions.forEach((one) => void one.dispose());
  }

  private refresh(): void {
    const { phase } = this.drawbridge;
    const waiting = needy(this.servers.all);
    this.view.badge = waiting.length === 0 ? undefined : { value: waiting.length, tooltip: `${count(waiting.length, 'MCP server')} waiting for you` };
    this.view.message = phase.kind === 'failed' && phase.problem.kind === 'failed' ? phase.problem.sentence : phase.kind === 'starting' ? 'Connecting to Drawbridge…' : '';
    this.changed.fire();
  }
}

function text(object: LSPObject, member: string): string {
  const value = object[member];
  return typeof value === 'string' ? value : '';
}
