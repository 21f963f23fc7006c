// SPDX-License-Identifier: Apache-2.0
// tandem: the command line. Exit status: 0 done, 1 refused or something is wrong, 2 wrong usage.
#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>

#include "app/secrets.hpp"
#include "cli/cli.hpp"

namespace tandem::cli {
namespace {

constexpr const char* kDatabase =
    "Database: a file, or postgresql://user@host/name; an empty one is set up";
constexpr const char* kUnsafe = "Take a PostgreSQL that may lose what it has acknowledged";

void add_database(CLI::App& command, store::OpenOptions& options) {
  command.add_option("--db", options.database, kDatabase)->required();
  command.add_flag("--unsafe", options.unsafe, kUnsafe);
}

/// Flags of `serve`; one that was not given leaves what file and environment say.
struct ServeFlags {
  std::string config;
  std::optional<std::string> database, address, page_folder, core_folder;
  std::optional<std::int64_t> port;
  bool demo_provider = false;
  bool print_mails = false;
  bool unsafe = false;

  void over(config::Config& config_read) const {
    if (database) config_read.database = *database;
    if (address) config_read.address = *address;
    if (page_folder) config_read.page_folder = *page_folder;
    if (core_folder) config_read.core_folder = *core_folder;
    if (port) config_read.port = *port;
    if (demo_provider) config_read.demo_provider = true;
    if (print_mails) config_read.print_mails = true;
    if (unsafe) config_read.unsafe = true;
  }
};

void add_serve(CLI::App& app, int& status) {
  auto flags = std::make_shared<ServeFlags>();
  CLI::App* command = app.add_subcommand("serve", "Serve a shop: API, shop page, payment pages");
  command->add_option("--config", flags->config, "TOML file; see examples/tandem.toml");
  command->add_option("--db", flags->database, kDatabase);
  command->add_flag("--unsafe", flags->unsafe, kUnsafe);
  command->add_option("--address", flags->address, "Address to listen on, as digits");
  command->add_option("--port", flags->port, "Port to listen on; 0 lets the system choose")
      ->check(CLI::Range(0, 65'535));
  command->add_option("--page", flags->page_folder, "Folder of the built shop page");
  command->add_option("--core", flags->core_folder, "Folder with tandem.wasm and tandem.js");
  command->add_flag("--demo-provider", flags->demo_provider,
                    "Switch the demo payment provider on; it takes no money");
  command->add_flag("--print-mails", flags->print_mails,
                    "Print mails instead of sending them, for trying a shop out");
  command->callback([flags, &status] {
    auto config = config::read_config(flags->config, config::process_environment());
    if (!config) {
      std::fprintf(stderr, "%s\n", config.error().c_str());
      status = kUsage;
      return;
    }
    flags->over(*config);
    status = serve(*config);
  });
}

void add_import(CLI::App& app, int& status) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command =
      app.add_subcommand("import", "Bring a shop's files into the database: all of it or nothing");
  add_database(*command, options->database);
  command->add_option("--shop", options->shop,
                      "Folder with products.csv, rules.json, settings.json, coupons.json, images/");
  command->add_option("--products", options->files.products,
                      "Shopify's or WooCommerce's product export (CSV)");
  command->add_option("--rules", options->files.rules, "The published rules (JSON)");
  command->add_option("--settings", options->files.settings, "The server's settings (JSON)");
  command->add_option("--coupons", options->files.coupons, "Codes and their promotions (JSON)");
  command->add_option("--images", options->files.images, "Folder of product images");
  command->add_flag("--skip-bad", options->files.skip_bad,
                    "Import the sound rows of the products although others are bad");
  command->add_flag("--remove-missing", options->files.remove_missing,
                    "Remove products, variants and codes that the files do not name; then every "
                    "row must be sound");
  command->add_flag("--keep-stock", options->files.keep_stock,
                    "Take quantities for new variants only");
  command->add_flag("--quiet", options->quiet,
                    "Only what is wrong: no progress, no notes, no summary");
  command->callback([options, &status] { status = import(*options); });
}

void add_actor(CLI::App& command, std::string& actor) {
  command.add_option("--as", actor, "Who does it, for the audit")->default_val("command line");
}

/// The document's commands: tandem rules …, tandem settings ….
void add_paper(CLI::App& app, app::Paper paper, int& status) {
  const std::string name(enum_name(paper));
  CLI::App* papers =
      app.add_subcommand(name, "The " + name + " in force: publish, compare, go back");
  papers->require_subcommand(1);
  auto options = std::make_shared<PaperOptions>();
  options->paper = paper;
  const auto command = [&](const char* what, const char* text, int (*run)(const PaperOptions&)) {
    CLI::App* added = papers->add_subcommand(what, text);
    add_database(*added, options->database);
    added->callback([options, run, &status] { status = run(*options); });
    return added;
  };
  const auto changes = [&](CLI::App* added) {
    added->add_option("--if-match", options->if_match,
                      "The id that must be in force; without it, whichever is");
    add_actor(*added, options->actor);
  };
  CLI::App* publishing = command("publish", "Check a document and put it in force", publish);
  publishing->add_option("file", options->file, "The document (JSON)")->required();
  changes(publishing);
  command("list", "All that was ever published, the latest first", list_editions);
  CLI::App* comparing = command("diff", "What differs, by path, old and new", compare_editions);
  comparing->add_option("from", options->from, "The id of one")->required();
  comparing->add_option("to", options->to, "The id of the other")->required();
  CLI::App* going_back =
      command("rollback", "Put an old one in force again, by the same checks", roll_back);
  going_back->add_option("id", options->from, "Its id")->required();
  changes(going_back);
}

void add_verbs(CLI::App& app, int& status) {
  auto file = std::make_shared<std::string>("-");
  CLI::App* quoting = app.add_subcommand("quote", "Compute what a cart costs, from one document");
  quoting->add_option("file", *file, "The document, or - for standard input");
  quoting->callback([file, &status] { status = quote(*file); });
  auto script = std::make_shared<std::string>("-");
  CLI::App* replaying = app.add_subcommand("replay", "Play a script of commands on a small shop");
  replaying->add_option("file", *script, "The script, or - for standard input");
  replaying->callback([script, &status] { status = replay(*script); });
}

void add_database_commands(CLI::App& app, int& status) {
  struct Flags {
    store::OpenOptions database;
    bool quiet = false;
  };
  auto flags = std::make_shared<Flags>();
  CLI::App* verifying = app.add_subcommand(
      "verify", "Check a database against itself: chains, projections, counters");
  add_database(*verifying, flags->database);
  verifying->add_flag("--quiet", flags->quiet, "No progress");
  verifying->callback([flags, &status] { status = verify(flags->database, flags->quiet); });
  auto saved = std::make_shared<BackupOptions>();
  CLI::App* backing =
      app.add_subcommand("backup", "Copy a database that may be in use, and verify the copy");
  add_database(*backing, saved->database);
  backing->add_option("--to", saved->to, "The copy: a file that is not there yet")->required();
  backing->add_flag("--quiet", saved->quiet, "No progress");
  backing->callback([saved, &status] { status = backup(*saved); });
  CLI::App* migrating = app.add_subcommand("migrate", "Bring a database's schema up to date");
  add_database(*migrating, flags->database);
  migrating->callback([flags, &status] { status = migrate(flags->database); });
}

void add_key_commands(CLI::App& app, int& status) {
  auto key = std::make_shared<KeyOptions>();
  CLI::App* keys = app.add_subcommand("key", "API keys for machines and staff");
  keys->require_subcommand(1);
  const auto command = [&](const char* what, const char* text, int (*run)(const KeyOptions&)) {
    CLI::App* added = keys->add_subcommand(what, text);
    add_database(*added, key->database);
    added->callback([key, run, &status] { status = run(*key); });
    return added;
  };
  CLI::App* adding = command("add", "Make a key and print it, once", add_key);
  adding->add_option("--role", key->role, "sales, warehouse, accounting or admin")->required();
  adding->add_option("--name", key->name, "Whose key it is; shown in the orders' history")
      ->default_val("key");
  add_actor(*adding, key->actor);
  command("list", "Id, role, state and name of all keys", list_keys);
  CLI::App* revoking = command("revoke", "End a key at once, for good", revoke_key);
  revoking->add_option("id", key->id, "Its id, as tandem key list tells it")->required();
  add_actor(*revoking, key->actor);
}

void add_user_commands(CLI::App& app, int& status) {
  struct Verb {
    const char* name;
    const char* help;
    int (*run)(const UserOptions&);
    bool has_role;
  };
  static constexpr std::array kVerbs{
      Verb{"add", "Add a user; without a password one is made and printed, once", add_user, true},
      Verb{"disable", "Take the right to sign in; sessions end at once", disable_user, false},
      Verb{"enable", "Give it back", enable_user, false},
      Verb{"role", "Give another role; open sessions have it at once", set_user_role, true},
      Verb{"password", "Set a new password; sessions end at once", set_user_password, false},
  };
  auto user = std::make_shared<UserOptions>();
  CLI::App* users = app.add_subcommand("user", "Staff who sign in with a password");
  users->require_subcommand(1);
  for (const Verb& verb : kVerbs) {
    CLI::App* command = users->add_subcommand(verb.name, verb.help);
    add_database(*command, user->database);
    command->add_option("--email", user->email, "What the user signs in with")->required();
    if (verb.has_role) {
      command->add_option("--role", user->role, "sales, warehouse, accounting or admin")
          ->required();
    }
    add_actor(*command, user->actor);
    command->callback([user, &status, run = verb.run] { status = run(*user); });
  }
  CLI::App* listing = users->add_subcommand("list", "Address, role, state and id of all users");
  add_database(*listing, user->database);
  listing->callback([user, &status] { status = list_users(*user); });
}

#ifdef TANDEM_SIMULATOR
void add_simulate(CLI::App& app, int& status) {
  CLI::App* command =
      app.add_subcommand("simulate", "Play the whole shop under faults; --help tells more");
  command->prefix_command();
  command->set_help_flag();
  command->callback([command, &status] { status = simulate(command->remaining()); });
}
#endif

int run(int count, char** arguments) {
  int status = kDone;
  CLI::App app("Tandem: one set of rules for carts and orders, in the browser and on the server.");
  app.name("tandem");
  app.set_version_flag("--version", "tandem " TANDEM_VERSION, "Print the version and end");
  app.require_subcommand(1);
  app.footer("Exit status: 0 done, 1 refused or something is wrong, 2 wrong usage.");
  add_serve(app, status);
  add_import(app, status);
  add_paper(app, app::Paper::rules, status);
  add_paper(app, app::Paper::settings, status);
  add_verbs(app, status);
  add_database_commands(app, status);
  add_key_commands(app, status);
  add_user_commands(app, status);
#ifdef TANDEM_SIMULATOR
  add_simulate(app, status);
#endif
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUsage;
  }
  return status;
}

}  // namespace
}  // namespace tandem::cli

int main(int count, char** arguments) {
  if (!tandem::app::start_crypto()) {
    std::fputs("libsodium cannot be used\n", stderr);
    return tandem::cli::kRefused;
  }
  return tandem::cli::run(count, arguments);
}
