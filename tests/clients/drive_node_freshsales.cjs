// Drive the npm package `freshsales` (classic Freshsales): only its base URL is set.
const { default: Client } = require("freshsales");

const client = new Client({ domain: "acme", apiKey: "emulator" });
client.axios.defaults.baseURL = `${process.argv[2]}/api/`;

async function main() {
  const owners = await client.request({ method: "get", url: "selector/owners" });
  const contact = { last_name: "Doe", emails: "jo@example.com", owner_id: owners.data.users[0].id };
  const made = (await client.request({ method: "post", url: "contacts", data: { contact } })).data.contact;
  const url = `contacts/${made.id}`;
  const changed = await client.request({ method: "put", url, data: { contact: { city: "Perth" } } });
  const seen = await client.request({ method: "get", url, params: { include: "owner" } });
  const gone = await client.request({ method: "delete", url });
  const leads = await client.request({ method: "get", url: "leads/filters" }).catch((no) => no.response);
  console.log(
    JSON.stringify({
      changed: changed.data.contact.city,
      owners: seen.data.users.map(({ email }) => email),
      deleted: gone.data,
      leads: [leads.status, leads.data.errors.message],
    }),
  );
}

main();
