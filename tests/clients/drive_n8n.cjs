// Drive the Freshworks CRM node of n8n. The node's own files run; what n8n itself gives a node
// (parameters, credentials, a way to send a request) is stood in for here, and the host replaced.
const { FreshworksCrm } = require("n8n-nodes-base/dist/nodes/FreshworksCrm/FreshworksCrm.node.js");

const base = process.argv[2];
const node = new FreshworksCrm();

async function send(_, { method, uri, qs = {}, body }) {
  const url = new URL(uri.replace("https://acme.myfreshworks.com/crm/sales", base));
  for (const [name, value] of Object.entries(qs)) url.searchParams.set(name, value);
  const answer = await fetch(url, {
    method,
    headers: { Authorization: "Token token=emulator", "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw Object.assign(new Error(text), { statusCode: answer.status, error: text });
  return text ? JSON.parse(text) : {};
}

function host(parameters) {
  const at = (path) => path.split(".").reduce((value, name) => value?.[name], parameters);
  return {
    getInputData: () => [{ json: {} }],
    getNodeParameter: (path, _, otherwise) => at(path) ?? otherwise,
    getCredentials: async () => ({ domain: "acme", apiKey: "emulator" }),
    getTimezone: () => "Australia/Sydney",
    getNode: () => ({ name: "Freshworks CRM", type: "freshworksCrm", typeVersion: 1 }),
    continueOnFail: () => false,
    helpers: {
      requestWithAuthentication: send,
      returnJsonArray: (data) => [data].flat().map((json) => ({ json })),
      constructExecutionMetaData: (items) => items,
    },
  };
}

async function all(resource, operation, parameters) {
  const blank = { additionalFields: {}, updateFields: {}, filters: {}, returnAll: true };
  const [items] = await node.execute.call(host({ resource, operation, ...blank, ...parameters }));
  return items.map((item) => item.json);
}

async function one(resource, operation, parameters) {
  return (await all(resource, operation, parameters))[0];
}

async function options() {
  const offered = {};
  const context = host({ resource: "account", returnAll: true });
  for (const [name, load] of Object.entries(node.methods.loadOptions)) {
    offered[name] = await load.call(context);
  }
  return offered;
}

async function create(offered) {
  const owner = offered.getUsers[0].value;
  const account = await one("account", "create", { name: "Acme", additionalFields: { city: "Toronto" } });
  const contact = await one("contact", "create", {
    firstName: "Jo",
    lastName: "Doe",
    emails: "jo@example.com",
    additionalFields: { sales_accounts: [account.id] },
  });
  const stage = offered.getDealStages.find(({ name }) => name === "Qualification").value;
  const about = { sales_account_id: account.id, deal_stage_id: stage };
  const deal = await one("deal", "create", { name: "Gold", amount: 12.5, additionalFields: about });
  const on = { targetableType: "Contact", targetable_id: contact.id };
  const note = await one("note", "create", { description: "Likes gold", ...on });
  const due = { title: "Call", ownerId: owner, dueDate: "2030-01-02T10:00:00" };
  const task = await one("task", "create", { ...due, ...on });
  const appointment = await one("appointment", "create", {
    title: "Meet",
    fromDate: "2030-01-02T10:00:00",
    endDate: "2030-01-02T11:00:00",
    attendees: { attendee: [{ type: "contact", contactId: contact.id }] },
  });
  return { account, contact, deal, note, task, appointment };
}

async function list(offered) {
  const view = (views) => ({ view: views.find(({ name }) => name.startsWith("All")).value });
  return {
    accounts: (await all("account", "getAll", view(offered.getAccountViews))).map(({ name }) => name),
    contacts: (await all("contact", "getAll", view(offered.getContactViews))).map(({ email }) => email),
    deals: (await all("deal", "getAll", view(offered.getDealViews))).map(({ amount }) => amount),
    tasks: (await all("task", "getAll")).map(({ title }) => title),
    appointments: (await all("appointment", "getAll", { filters: { filter: "upcoming" } })).map(
      ({ from_date }) => from_date,
    ),
  };
}

async function update({ account, contact, deal, note, task, appointment }) {
  const set = async (resource, id, fields) =>
    one(resource, "update", { [`${resource}Id`]: id, updateFields: fields });
  return {
    account: (await set("account", account.id, { city: "Perth" })).city,
    contact: (await set("contact", contact.id, { last_name: "Roe" })).display_name,
    deal: (await set("deal", deal.id, { amount: 13 })).amount,
    note: (await set("note", note.id, { description: "Likes platinum" })).description,
    task: (await set("task", task.id, { title: "Call again" })).title,
    appointment: (await set("appointment", appointment.id, { title: "Meet again" })).title,
  };
}

// Ask until the index has caught up, as callers of the real one learn to.
async function search() {
  for (let turn = 0; turn < 20; turn += 1) {
    const found = await all("search", "query", { query: "Roe", entities: ["contact"] });
    if (found.length && found[0]) return found.map(({ name, type }) => [type, name]);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return [];
}

async function lookUp() {
  const asked = { searchField: "email", fieldValue: "jo@example.com", options: { entities: ["contact"] } };
  const { contacts } = await one("search", "lookup", asked);
  return contacts.contacts.map(({ email }) => email);
}

async function remove(made) {
  const gone = {};
  for (const resource of ["note", "task", "appointment", "deal", "contact", "account"]) {
    const id = { [`${resource}Id`]: made[resource].id };
    gone[resource] = (await one(resource, "delete", id)).success;
  }
  const again = one("contact", "get", { contactId: made.contact.id });
  gone["contact asked for again"] = await again.catch(({ description }) => description);
  return gone;
}

async function main() {
  const offered = await options();
  const made = await create(offered);
  const told = { listed: await list(offered), updated: await update(made) };
  told.found = await search();
  told.lookedUp = await lookUp();
  told.deleted = await remove(made);
  console.log(JSON.stringify(told));
}

main();
