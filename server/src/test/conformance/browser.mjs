// Stands in for the person's browser: visits the address it is given and follows where it leads.
const response = await fetch(process.argv.at(-1), { redirect: 'follow', signal: AbortSignal.timeout(15_000) });
await response.arrayBuffer();
