// SPDX-License-Identifier: Apache-2.0
#pragma once
// Customers who are signed in: a random token, in a cookie that no script reads or with an app as
// its bearer, of which the store has the digest. What changes something by the cookie alone needs a
// second token (CSRF) that only the shop's own pages can read. An account is optional; what a guest
// has, a secret for each order, goes on beside it.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/services.hpp"
#include "app/sessions.hpp"
#include "store/customers.hpp"

namespace tandem::app {

/// The digest of the token that the request carries: as `Authorization: Bearer cs_…`, else in the
/// cookie.
[[nodiscard]] std::optional<store::Digest> customer_session_hash(const http::Request& request,
                                                                 const Options& options);

/// A session that counts. Refuses: unauthorized.
[[nodiscard]] Result<store::SignedInCustomer> live_customer(const store::Digest& hash,
                                                            const Services& services);

/// Whether there is such a session now; it is not kept alive by that.
[[nodiscard]] bool customer_counts(const store::Digest& hash, const Services& services);

/// Who is signed in. Refuses, in this order: unauthorized; for a change by the cookie
/// origin_forbidden (not from a page of this origin) and csrf_token_invalid.
[[nodiscard]] Result<store::SignedInCustomer> customer_here(const http::Request& request,
                                                            const Services& services);

/// The id of who is signed in beside another credential, which is what gives the right; nothing
/// when nobody is, or when a foreign page sends the cookie.
[[nodiscard]] std::optional<std::string> customer_beside(const http::Request& request,
                                                         const Services& services);

/// Who is signed in, by whichever token, where anybody may act; nothing when nobody is.
[[nodiscard]] std::optional<std::string> customer_of(const http::Request& request,
                                                     const Services& services);

/// Makes an order the account's. False when the core refuses it.
[[nodiscard]] Awaitable<bool> adopt_order(const Services& services, std::int64_t order_no,
                                          const std::string& customer);

/// Whether the shop has accounts. Refuses: accounts_off.
[[nodiscard]] Result<void> check_accounts(const Services& services);

/// A way to sign in: who, and what else the same commit has to do with it.
struct SignIn {
  /// The account as it shall be; called inside the commit, perhaps more than once.
  std::function<Result<store::Customer>(commit::Scope&)> account;
  bool bearer = false;  // the token is answered, for an app, and no cookie is set
  std::optional<std::string> cart;  // the order that is this browser's cart; none: looked for
};

/// What a sign-in came to.
struct SignedInNow {
  store::SignedInCustomer here;
  std::string token;
};

/// Makes the session in one commit with the account. Refuses what `account` refuses.
[[nodiscard]] Awaitable<Result<SignedInNow>> begin_customer_session(const Services& services,
                                                                    const http::Request& request,
                                                                    SignIn how);

/// The account's open cart after a sign-in.
struct AccountCart {
  std::optional<std::string> merged;  // the account's cart before, which this one took up
  std::optional<std::string> order;  // the cart to go on with; none: there is none
  std::optional<Reason> refused;  // why `merged` could not be taken up: it stays as it is
};

/// Makes this browser's open cart the account's, and lets it take up the account's own. Again it
/// changes nothing.
[[nodiscard]] Awaitable<AccountCart> settle_cart(const Services& services,
                                                 const http::Request& request,
                                                 const std::string& customer,
                                                 std::optional<std::string> cart);

/// The newest open cart of an account that its customer made, but for one.
[[nodiscard]] Result<std::optional<store::OrderHead>> open_cart_of(const Services& services,
                                                                   const std::string& customer,
                                                                   std::int64_t but_order_no = 0);

/// The ids of the orders whose secrets the browser has as cookies.
[[nodiscard]] std::vector<std::string> orders_in_cookies(const http::Request& request);

/// What signing in and GET /v1/session answer.
[[nodiscard]] http::Response session_answer(const Services& services,
                                            const store::SignedInCustomer& here,
                                            const AccountCart& cart, const std::string& token = {});

}  // namespace tandem::app
