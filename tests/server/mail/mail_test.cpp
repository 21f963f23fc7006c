// SPDX-License-Identifier: Apache-2.0
// Mails as bytes, and handed over in real conversations.
#include <gtest/gtest.h>

#include "mail/mailer.hpp"
#include "server/mail/smtp_server.hpp"

namespace tandem::mail::test {
namespace {

constexpr std::int64_t kNow = 1'767'225'600'000;  // 2026-01-01
const Sender kShop{"Shop", "shop@shop.example"};

Message hello() {
  return {.to = "ann@example.com",
          .subject = "Hello",
          .text = "A text.\n.\nwith a dot",
          .html = "<p>A text.</p>",
          .key = "mail/1",
          .unsubscribe_url = {}};
}

/// The value of a header field with its folded lines.
std::string field(const std::string& mail, const std::string& name) {
  const std::string head = "\r\n" + mail.substr(0, mail.find("\r\n\r\n") + 2);
  auto at = head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return "(none)";
  at += name.size() + 4;
  auto end = head.find("\r\n", at);
  while (end + 2 < head.size() && head[end + 2] == ' ') end = head.find("\r\n", end + 2);
  return head.substr(at, end - at);
}

TEST(Mail, HasTheFieldsOfAMail) {
  const std::string mail = mime_of(hello(), kShop, kNow);
  EXPECT_EQ(field(mail, "Date"), "Thu, 01 Jan 2026 00:00:00 +0000");
  EXPECT_EQ(field(mail, "From"), "\"Shop\" <shop@shop.example>");
  EXPECT_EQ(field(mail, "To"), "ann@example.com");
  EXPECT_EQ(field(mail, "Subject"), "Hello");
  EXPECT_EQ(field(mail, "MIME-Version"), "1.0");
  EXPECT_EQ(field(mail, "List-Unsubscribe"), "(none)");
  const std::string id = field(mail, "Message-ID");
  EXPECT_TRUE(id.starts_with('<') && id.ends_with("@shop.example>")) << id;
  EXPECT_NE(mail.find("Content-Type: text/plain; charset=utf-8"), std::string::npos);
  EXPECT_NE(mail.find("Content-Type: text/html; charset=utf-8"), std::string::npos);
  EXPECT_NE(mail.find("QSB0ZXh0LgouCndpdGggYSBkb3Q=\r\n"), std::string::npos) << mail;
}

TEST(Mail, TheSameMailHasTheSameIdAndAnotherOneAnother) {
  Message other = hello();
  const std::string id = field(mime_of(hello(), kShop, kNow), "Message-ID");
  EXPECT_EQ(field(mime_of(hello(), kShop, kNow + 99'000), "Message-ID"), id);
  other.key = "mail/2";
  EXPECT_NE(field(mime_of(other, kShop, kNow), "Message-ID"), id);
}

TEST(Mail, SaysHowToUnsubscribeWithOnePost) {
  Message message = hello();
  message.unsubscribe_url = "https://shop.example/v1/unsubscribe/7-ab";
  const std::string mail = mime_of(message, kShop, kNow);
  EXPECT_EQ(field(mail, "List-Unsubscribe"), "<https://shop.example/v1/unsubscribe/7-ab>");
  EXPECT_EQ(field(mail, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
}

TEST(Mail, ASubjectOfAnyLanguageBecomesEncodedWords) {
  EXPECT_EQ(header_text("سلام"), "=?UTF-8?B?2LPZhNin2YU=?=");
  EXPECT_EQ(header_text("=?x?="), "=?UTF-8?B?PT94Pz0=?=");
  std::string text;
  for (int i = 0; i < 40; ++i) text += "ی";
  const std::string folded = header_text(text);
  for (std::size_t at = 0; at != std::string::npos;) {
    const auto end = folded.find("\r\n ", at);
    const std::string word = folded.substr(at, end == std::string::npos ? end : end - at);
    EXPECT_LE(word.size(), 75U);
    EXPECT_TRUE(word.starts_with("=?UTF-8?B?") && word.ends_with("?=")) << word;
    // Two bytes each: 44 in a word, never half a character.
    if (end != std::string::npos) {
      EXPECT_EQ(word.size(), 12U + 60U);
    }
    at = end == std::string::npos ? end : end + 3;
  }
}

TEST(Mail, NothingInASubjectOrNameBecomesAField) {
  Message message = hello();
  message.subject = "Hi\r\nBcc: eve@example.com\r\n\r\nbody";
  const Sender sender{"Shop\r\nX-Evil: 1", "shop@shop.example"};
  const std::string mail = mime_of(message, sender, kNow);
  EXPECT_EQ(field(mail, "Bcc"), "(none)");
  EXPECT_EQ(field(mail, "X-Evil"), "(none)");
  EXPECT_EQ(field(mail, "Subject"), "Hi  Bcc: eve@example.com    body");
}

TEST(Mail, OnlyPlainAddressesAreMailable) {
  EXPECT_TRUE(is_mailable("ann.b+c@example.com"));
  for (const char* address :
       {"", "ann", "ann@example", "a b@example.com", "a@example.com\r\nRCPT TO:<eve@example.com>",
        "a>@example.com", "\"a\"@example.com", "a@ex,ample.com", "é@example.com",
        "a@example.com\n"}) {
    EXPECT_FALSE(is_mailable(address)) << address;
  }
}

TEST(Mail, ASenderIsAnAddressWithOrWithoutAName) {
  EXPECT_EQ(sender_of("shop@shop.example")->name, "");
  EXPECT_EQ(sender_of(" The Shop <shop@shop.example>")->name, "The Shop");
  EXPECT_EQ(sender_of("The Shop <shop@shop.example>")->address, "shop@shop.example");
  EXPECT_FALSE(sender_of("The Shop"));
  EXPECT_FALSE(sender_of("<shop@shop.example> more"));
}

TEST(Mail, IsPrintedWithoutWhatATerminalWouldObey) {
  std::FILE* to = std::tmpfile();
  Message message = hello();
  message.subject = "Hello \x1b[2J";
  EXPECT_TRUE(printing_mailer(to)->send(message, 0));
  std::rewind(to);
  std::string printed(200, '\0');
  printed.resize(std::fread(printed.data(), 1, printed.size(), to));
  std::fclose(to);
  EXPECT_EQ(printed, "mail to ann@example.com: Hello  [2J\nA text.\n.\nwith a dot\n");
}

TEST(Mail, OptionsThatCannotWorkAreNamed) {
  EXPECT_EQ(fault_of({.url = "smtp://a.example", .from = "a@a.example"}), "");
  EXPECT_NE(fault_of({.url = "http://a.example", .from = "a@a.example"}), "");
  EXPECT_NE(fault_of({.url = "smtp://a.example", .from = "nobody"}), "");
  EXPECT_NE(fault_of({.url = "smtp://a.example", .user = "a", .from = "a@a.example"}), "");
}

class SmtpTest : public testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Mailer> mailer(int patience_ms = 10'000) const {
    return smtp_mailer({.url = server_.url(),
                        .from = "Shop <shop@shop.example>",
                        .connect_patience = std::chrono::milliseconds(patience_ms),
                        .patience = std::chrono::milliseconds(patience_ms)});
  }
  SmtpServer server_;
};

TEST_F(SmtpTest, AMailArrivesAsItWasWritten) {
  ASSERT_TRUE(mailer()->send(hello(), kNow));
  const auto mails = server_.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].from, "shop@shop.example");
  EXPECT_EQ(mails[0].to, "ann@example.com");
  EXPECT_EQ(mails[0].content, mime_of(hello(), kShop, kNow));
}

TEST_F(SmtpTest, ARefusedRecipientIsRefusedForGood) {
  server_.behave(SmtpServer::Mood::refuse_recipient);
  const auto sent = mailer()->send(hello(), kNow);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().trouble, Trouble::refused) << sent.error().reason;
  EXPECT_EQ(sent.error().reason.find("ann"), std::string::npos);
  EXPECT_TRUE(server_.mails().empty());
}

TEST_F(SmtpTest, ABusyServerIsAskedAgain) {
  server_.behave(SmtpServer::Mood::later);
  const auto sent = mailer()->send(hello(), kNow);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().trouble, Trouble::temporary) << sent.error().reason;
  server_.behave(SmtpServer::Mood::kind);
  EXPECT_TRUE(mailer()->send(hello(), kNow));
}

TEST_F(SmtpTest, ASilentServerIsNotWaitedForForEver) {
  server_.behave(SmtpServer::Mood::silent);
  const auto sent = mailer(300)->send(hello(), kNow);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().trouble, Trouble::temporary) << sent.error().reason;
}

TEST_F(SmtpTest, AnUnreachableServerIsTriedAgain) {
  const auto nowhere = smtp_mailer({.url = "smtp://127.0.0.1:1", .from = "shop@shop.example"});
  const auto sent = nowhere->send(hello(), kNow);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().trouble, Trouble::temporary);
}

TEST_F(SmtpTest, WhatMayHaveArrivedIsSentAgainUnderTheSameId) {
  server_.behave(SmtpServer::Mood::gone_after_content);
  const auto sent = mailer(2'000)->send(hello(), kNow);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().trouble, Trouble::temporary) << sent.error().reason;
  server_.behave(SmtpServer::Mood::kind);
  ASSERT_TRUE(mailer()->send(hello(), kNow + 60'000));
  const auto mails = server_.mails();
  ASSERT_EQ(mails.size(), 2U);
  EXPECT_EQ(field(mails[0].content, "Message-ID"), field(mails[1].content, "Message-ID"));
}

TEST_F(SmtpTest, APasswordIsNotSentInTheClear) {
  const auto signing_in = smtp_mailer(
      {.url = server_.url(), .user = "shop", .password = "secret", .from = "shop@shop.example"});
  const auto sent = signing_in->send(hello(), kNow);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().trouble, Trouble::temporary) << sent.error().reason;
  EXPECT_TRUE(server_.mails().empty());
}

TEST_F(SmtpTest, AnAddressThatIsACommandIsNeverSaid) {
  Message message = hello();
  message.to = "ann@example.com>\r\nRCPT TO:<eve@example.com";
  const auto sent = mailer()->send(message, kNow);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().trouble, Trouble::refused);
  EXPECT_TRUE(server_.mails().empty());
}

}  // namespace
}  // namespace tandem::mail::test
