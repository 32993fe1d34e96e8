// Small words: roles, times, one line for a message.

const ZONE = "Asia/Shanghai";
const ROLES = { merchant: "商户", officer: "队员", lead: "队长", worker: "环卫", admin: "管理员", bot: "机器人" };
export const KINDS = {
  merchants: "城管+商户", sites: "城管+工地+环卫", squad: "中队群", leads: "带班群", private: "和机器人的私聊",
};

const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });
const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE });
const date = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "long", day: "numeric", weekday: "short" });
const short = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "numeric", day: "numeric" });

export const role = (name) => ROLES[name] ?? "";
export const hour = (seconds) => clock.format(new Date(seconds * 1000));
export const day = (seconds) => dayKey.format(new Date(seconds * 1000));

export function dayName(seconds) {
  const now = Date.now() / 1000;
  if (day(seconds) === day(now)) return "今天";
  if (day(seconds) === day(now - 86400)) return "昨天";
  return date.format(new Date(seconds * 1000));
}

/** For the list: the hour today, the day before that. */
export function listTime(seconds) {
  const now = Date.now() / 1000;
  if (day(seconds) === day(now)) return hour(seconds);
  return day(seconds) === day(now - 86400) ? "昨天" : short.format(new Date(seconds * 1000));
}

export function serviceLine(message) {
  const names = (users) => users.map((user) => user.first_name).join("、");
  if (message.new_chat_members) return `${names(message.new_chat_members)} 加入群聊`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} 退出群聊`;
  if (message.new_chat_title) return `群名改为“${message.new_chat_title}”`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "群已升级，聊天在新群里继续";
  if (message.pinned_message) return "置顶了一条消息";
  return "";
}

/** What a message is, in one line of plain text. */
export function oneLine(message) {
  if (!message) return "";
  if (message.deleted) return "消息已删除";
  const words = message.text ?? message.caption ?? "";
  const kind = message.photo ? "[照片]" : message.venue ? `[定位] ${message.venue.title}` : message.location ? "[定位]"
    : message.voice ? "[语音]" : message.document ? `[文件] ${message.document.file_name ?? ""}` : message.video ? "[视频]" : "";
  return serviceLine(message) || [kind, words].filter(Boolean).join(" ").replace(/\s+/g, " ");
}
