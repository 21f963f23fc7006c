// SPDX-License-Identifier: Apache-2.0
#include "app/post.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "payment/page.hpp"
#include "tandem/order/effects.hpp"

namespace tandem::app {
namespace {

/// What a mail says, in one language. `{n}` is the order's number.
struct Letter {
  std::string_view subject, text;
};

struct Letters {
  std::string_view kind;
  Letter english, persian;
};

constexpr std::array kLetters{
    Letters{enum_name(OutboxKind::mail_payment_initiated),
            {"Order {n}: payment awaited", "We have your order {n} and wait for its payment."},
            {"سفارش {n}: در انتظار پرداخت", "سفارش {n} شما ثبت شد و در انتظار پرداخت است."}},
    Letters{enum_name(OutboxKind::mail_payment_received),
            {"Order {n}: payment received", "The payment of your order {n} has arrived."},
            {"سفارش {n}: پرداخت رسید", "پرداخت سفارش {n} شما رسید."}},
    Letters{enum_name(OutboxKind::mail_order_confirmed),
            {"Order {n} is confirmed", "Thank you. Your order {n} is confirmed."},
            {"سفارش {n} تأیید شد", "سپاس. سفارش {n} شما تأیید شد."}},
    Letters{enum_name(OutboxKind::mail_order_canceled),
            {"Order {n} is canceled", "Your order {n} is canceled."},
            {"سفارش {n} لغو شد", "سفارش {n} شما لغو شد."}},
    Letters{enum_name(OutboxKind::mail_delivery_done),
            {"Order {n} is on its way", "Goods of your order {n} have left our warehouse."},
            {"سفارش {n} فرستاده شد", "کالاهای سفارش {n} شما از انبار ما فرستاده شد."}},
    Letters{enum_name(OutboxKind::mail_invoice),
            {"Order {n}: invoice", "The invoice of your order {n} is ready."},
            {"سفارش {n}: فاکتور", "فاکتور سفارش {n} شما آماده است."}},
    Letters{enum_name(OutboxKind::mail_credit_note),
            {"Order {n}: credit note", "A credit note for your order {n} is ready."},
            {"سفارش {n}: برگشت فاکتور", "برگشت فاکتور سفارش {n} شما آماده است."}},
    Letters{enum_name(OutboxKind::mail_refund),
            {"Order {n}: refund", "We have paid back money for your order {n}."},
            {"سفارش {n}: بازپرداخت", "مبلغی از سفارش {n} شما بازپرداخت شد."}},
    Letters{enum_name(OutboxKind::mail_return),
            {"Order {n}: return", "There is news about the return of your order {n}."},
            {"سفارش {n}: مرجوعی", "درباره مرجوعی سفارش {n} شما خبری هست."}},
    Letters{enum_name(OutboxKind::mail_quotation),
            {"Quotation {n}", "Our quotation {n} is ready for you."},
            {"پیش‌فاکتور {n}",
             "پیش‌فاکتور {n} برای شما آماده است."}},
    Letters{enum_name(OutboxKind::mail_cart_reminder),
            {"Your cart is waiting", "You left a cart in our shop. It is still there."},
            {"سبد خرید شما منتظر است",
             "سبد خریدی در فروشگاه ما گذاشته‌اید. هنوز همان "
             "جاست."}},
    Letters{kMailSignIn,
            {"Your link to sign in",
             "Follow this link within 15 minutes to sign in. It works once. If you did not ask for "
             "it, do nothing."},
            {"پیوند ورود شما",
             "برای ورود تا ۱۵ دقیقه این پیوند را باز کنید. پیوند یک بار کار "
             "می‌کند. "
             "اگر "
             "آن "
             "را "
             "نخواسته‌اید، کاری نکنید."}},
};

struct Labels {
  std::string_view shop, sign_in, total, unsubscribe;
};
constexpr Labels kEnglishLabels{"To the shop", "Sign in", "Total", "No more reminders"};
constexpr Labels kPersianLabels{"به فروشگاه", "ورود", "جمع", "یادآوری نفرستید"};

std::string filled(std::string_view text, const std::string& number) {
  std::string out(text);
  if (const auto at = out.find("{n}"); at != std::string::npos) out.replace(at, 3, number);
  return out;
}

const Letter* letter_of(std::string_view kind, bool persian) {
  const auto found = std::ranges::find(kLetters, kind, &Letters::kind);
  if (found == kLetters.end()) return nullptr;
  return persian ? &found->persian : &found->english;
}

/// What a mail holds, before it is written down twice.
struct Content {
  bool persian = false;
  std::string sentence{};
  std::string amount{};  // empty: none
  std::string_view label{};
  std::string url{};
  std::string unsubscribe_url{};
};

std::string text_of(const Content& content, const Labels& labels, const std::string& shop) {
  std::string out = content.sentence + "\n\n";
  if (!content.amount.empty()) out += std::string(labels.total) + ": " + content.amount + "\n\n";
  out += content.url + '\n';
  if (!content.unsubscribe_url.empty()) {
    out += '\n' + std::string(labels.unsubscribe) + ": " + content.unsubscribe_url + '\n';
  }
  return out + "\n" + shop + '\n';
}

std::string html_of(const Content& content, const Labels& labels, const std::string& shop) {
  using http::escaped;
  const auto link = [](const std::string& url, std::string_view label) {
    return "<p><a href=\"" + escaped(url) + "\">" + escaped(label) + "</a></p>";
  };
  std::string out = "<!doctype html><html lang=\"";
  out += content.persian ? "fa\" dir=\"rtl\">" : "en\" dir=\"ltr\">";
  out += "<head><meta charset=\"utf-8\"></head><body><p>" + escaped(content.sentence) + "</p>";
  if (!content.amount.empty()) {
    out += "<p>" + std::string(labels.total) + ": <b>" + escaped(content.amount) + "</b></p>";
  }
  out += link(content.url, content.label);
  if (!content.unsubscribe_url.empty()) out += link(content.unsubscribe_url, labels.unsubscribe);
  return out + "<p>" + escaped(shop) + "</p></body></html>";
}

mail::Message written(const Task& task, const Letter& letter, Content content,
                      const PostOptions& options) {
  const Labels& labels = content.persian ? kPersianLabels : kEnglishLabels;
  if (content.label.empty()) content.label = labels.shop;
  const std::string number = std::to_string(task.order_no);
  content.sentence = filled(letter.text, number);
  mail::Message message;
  message.subject = filled(letter.subject, number) + " – " + options.shop_name;
  message.text = text_of(content, labels, options.shop_name);
  message.html = html_of(content, labels, options.shop_name);
  message.key = task.dedupe_key;
  message.unsubscribe_url = content.unsubscribe_url;
  return message;
}

}  // namespace

std::optional<std::int64_t> Post::unsubscribed_order(std::string_view token) const {
  const auto text = unsubscribes_.read(token);
  if (!text) return std::nullopt;
  std::int64_t order_no = 0;
  const char* end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, order_no);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(order_no) : std::nullopt;
}

/// A link that was used or has ended needs no mail any more.
std::optional<mail::Message> Post::link_letter(const Task& task, std::int64_t now_ms) const {
  const std::string token = link_token(task.link);
  const auto link = reads_.customer_link(sha256(token));
  if (!link || !*link || (*link)->expires_ms <= now_ms) return std::nullopt;
  Content content{.persian = (*link)->language == "fa"};
  content.url = options_.public_url + "/v1/session/link/" + token;
  content.label = content.persian ? kPersianLabels.sign_in : kEnglishLabels.sign_in;
  mail::Message message =
      written(task, *letter_of(kMailSignIn, content.persian), content, options_);
  message.to = (*link)->email;
  return message;
}

std::optional<mail::Message> Post::order_letter(const Task& task, const Order& order) const {
  Content content{.persian = options_.language == "fa"};
  const Letter* letter = letter_of(task.kind, content.persian);
  if (letter == nullptr) return std::nullopt;
  std::string to = order.contact ? order.contact->email : std::string();
  const bool reminds = task.kind == enum_name(OutboxKind::mail_cart_reminder);
  if (order.customer && (to.empty() || reminds)) {
    const auto account = reads_.customer(*order.customer);
    if (account && *account) {
      if (reminds && !(*account)->reminders) return std::nullopt;
      if (to.empty()) to = (*account)->email;
    }
  }
  if (to.empty() || (reminds && order.unsubscribed)) return std::nullopt;
  content.url = options_.public_url + '/';
  if (reminds) {
    content.unsubscribe_url = options_.public_url + "/v1/unsubscribe/" +
                              unsubscribes_.make(std::to_string(task.order_no));
  } else if (order.placed) {
    content.amount = payment::amount_text(order.placed->quote.totals.total_minor, order.currency,
                                          content.persian);
  }
  mail::Message message = written(task, *letter, content, options_);
  message.to = std::move(to);
  return message;
}

std::expected<void, mail::NotSent> Post::deliver(const Task& task, const Order* order) const {
  const auto now_ms = reads_.now_ms();
  if (!sends() || !now_ms) {
    return std::unexpected(
        mail::NotSent{mail::Trouble::temporary, sends() ? "no time is known" : "no mail server"});
  }
  std::optional<mail::Message> message;
  if (task.kind == kMailSignIn) message = link_letter(task, *now_ms);
  if (order != nullptr) message = order_letter(task, *order);
  if (!message) return {};
  return options_.mailer->send(*message, *now_ms);
}

}  // namespace tandem::app
