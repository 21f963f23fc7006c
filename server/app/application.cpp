// SPDX-License-Identifier: Apache-2.0
#include "app/application.hpp"

#include <utility>

#include "app/catalog_access.hpp"

namespace tandem::app {
namespace {

// A password takes 64 MiB and a tenth of a second of a processor while it is looked at.
constexpr std::size_t kPasswordsAtOnce = 2;
constexpr std::size_t kPasswordsWaiting = 16;

payment::Providers providers_of(const Options& options, payment::Demo*& demo,
                                payment::stripe::Stripe*& stripe) {
  payment::Providers providers;
  if (options.demo_provider) {
    auto made = std::make_unique<payment::Demo>(payment::DemoOptions{
        .key = options.key, .captures_at_once = options.demo_captures_at_once});
    demo = made.get();
    providers.push_back(std::move(made));
    if (options.stand_in) providers.back() = options.stand_in(std::move(providers.back()));
  }
  if (options.stripe) {
    payment::stripe::StripeOptions connected = *options.stripe;
    connected.key = options.key;
    auto made = std::make_unique<payment::stripe::Stripe>(std::move(connected));
    stripe = made.get();
    providers.push_back(std::move(made));
  }
  return providers;
}

commit::CommitterOptions observed(commit::CommitterOptions options, BatchFigures& batches) {
  options.observe = [&batches](std::size_t jobs, std::chrono::nanoseconds took) {
    batches.observe(jobs, took);
  };
  return options;
}

}  // namespace

Application::Application(store::Store& store, Options options)
    : options_(std::move(options)),
      store_(store),
      committer_(store, observed(options_.committer, batches_)),
      catalog_(store.reads()),
      memory_(options_.remembered_orders),
      feed_watch_(feed_, store.reads()),
      limits_(options_.limits),
      dispatcher_(committer_, memory_, feed_, limits_),
      providers_(providers_of(options_, demo_, stripe_)),
      tools_{.catalog = catalog_,
             .memory = memory_,
             .reads = store.reads(),
             .contact_key = derived_key(options_.key, "contact"),
             .history_max = options_.history_max,
             .sends_mail = options_.post.mailer != nullptr},
      post_(options_.key, store.reads(), options_.post),
      calls_(options_.calls),
      passwords_({.threads = kPasswordsAtOnce, .waiting_max = kPasswordsWaiting}),
      worker_(dispatcher_, memory_, store.reads(), tools_, providers_, post_, calls_,
              options_.worker, options_.log),
      hooks_(committer_, store.reads(), options_.hooks, options_.log),
      services_{.options = options_,
                .store = store_,
                .reads = store.reads(),
                .catalog = catalog_,
                .memory = memory_,
                .feed = feed_,
                .dispatcher = dispatcher_,
                .tools = tools_,
                .providers = providers_,
                .calls = calls_,
                .passwords = passwords_,
                .limits = limits_,
                .post = post_,
                .demo = demo_,
                .stripe = stripe_},
      metrics_(committer_, batches_, worker_, store.reads()) {
  dispatcher_.give_tasks_to(
      [this](std::vector<Assigned> tasks) { worker_.take(std::move(tasks)); });
  worker_.start();
  if (!options_.worker.by_hand) feed_watch_.start(options_.feed_every);
  const bool rounds = !options_.worker.by_hand && options_.worker.round_every.count() > 0;
  if (rounds) hooks_.start();
  add_order_routes(router_, services_);
  add_feed_routes(router_, services_);
  add_catalog_routes(router_, services_);
  add_staff_routes(router_, services_);
  add_receipt_routes(router_, services_);
  add_stock_routes(router_, services_);
  add_payment_routes(router_, services_);
  add_stripe_routes(router_, services_);
  add_return_route(router_, services_);
  add_session_routes(router_, services_);
  add_hook_routes(router_, services_);
  add_customer_session_routes(router_, services_);
  add_sign_in_link_routes(router_, services_);
  add_customer_routes(router_, services_);
  add_privacy_routes(router_, services_);
  add_unsubscribe_route(router_, services_);
  add_product_routes(router_, services_);
  add_image_routes(router_, services_);
  add_published_routes(router_, services_);
  add_audit_routes(router_, services_);
  add_site();
  if (!post_.sends()) options_.log("smtp_url is not set: mails wait in the outbox");
  router_.observe_failures([this](const http::Request& request, std::string_view what) {
    options_.log("request " + request.id + ": a handler failed: " + std::string(what));
  });
}

Application::~Application() { stop(); }

void Application::stop() {
  feed_watch_.stop();
  hooks_.stop();
  worker_.stop();
  calls_.stop();
  passwords_.stop();
  committer_.stop();
}

}  // namespace tandem::app
