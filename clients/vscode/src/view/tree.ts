// The view *MCP Servers*: each server with its state, and below it its tools.
import { EventEmitter, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, window, type Disposable, type TreeDataProvider, type TreeView } from 'vscode';
import type { Drawbridge } from '../drawbridge';
import type { LSPAny, Server } from '../generated/protocol';
import { sentenceOf } from '../problem';
import type { Servers } from '../servers';
import { count, lookOf, othersOf, summaryOf } from './describe';
import { plain, tooltipOf } from './tooltip';

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
  constructor(label: string, icon: string, description: string, kind: 'tool' | 'line') {
    super(label);
    this.iconPath = new ThemeIcon(icon);
    this.contextValue = kind;
    this.description = description.split('\n', 1)[0] ?? '';
    this.tooltip = new MarkdownString(`**${plain(label)}**\n\n${plain(description)}`);
  }
}

export class ServerTree implements TreeDataProvider<TreeItem>, Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: TreeView<TreeItem>;
  private nodes: ServerNode[] = [];

  constructor(
    private readonly servers: Servers,
    private readonly drawbridge: Drawbridge,
  ) {
    this.view = window.createTreeView('drawbridge.servers', { treeDataProvider: this, showCollapseAll: true });
    servers.onDidChange(() => this.refresh());
  }

  /** Shows a server's tools. */
  async reveal(server: Server): Promise<void> {
    const node = this.nodes.find(({ id }) => id === server.name);
    await (node && this.view.reveal(node, { expand: true, focus: true }));
  }

  getTreeItem(node: TreeItem): TreeItem {
    return node;
  }

  /** The servers are never below anything; what is below them is never revealed. */
  getParent(): undefined {
    return undefined;
  }

  async getChildren(node?: TreeItem): Promise<TreeItem[]> {
    if (!(node instanceof ServerNode)) {
      return node ? [] : (this.nodes = this.servers.all.map((server) => new ServerNode(server)));
    }
    const others = othersOf(node.server).map((other) => new LeafNode(other, 'list-unordered', '', 'line'));
    try {
      const tools = await this.servers.toolsOf(node.server.name);
      return [...tools.map(({ name, description }) => new LeafNode(text(name), 'tools', text(description), 'tool')), ...others];
    } catch (error) {
      return [new LeafNode(sentenceOf(error), 'warning', '', 'line'), ...others];
    }
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  private refresh(): void {
    const { phase } = this.drawbridge;
    const waiting = summaryOf(this.servers.all)?.waiting ?? 0;
    this.view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: `${count(waiting, 'MCP server')} waiting for you` };
    this.view.message = phase.kind === 'failed' && phase.problem.kind === 'failed' ? phase.problem.sentence : phase.kind === 'starting' ? 'Connecting to Drawbridge…' : '';
    this.changed.fire();
  }
}

function text(value: LSPAny | undefined): string {
  return typeof value === 'string' ? value : '';
}
