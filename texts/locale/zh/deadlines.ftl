# 时限：快到、到了、超了；延期、先不催、督办；定时汇总的名字；给队长的卡片。

late-soon = 快到时限
late-due = 到时限了
late-overdue = 已超期
late-bureau = 已到时限的{ $times }倍
late-stands = { $told }，现在是“{ $status }”。
late-left-alone = 先不催：{ $reason }
late-many = 时限提醒，{ $n }件：
late-line = { $head }（时限{ $at }）{ $squad } { $status }
late-more = 还有{ $n }件。
late-see = 看一件请说：工单 { $number }
late-extended = { $head } 已延期，新时限 { $until }。原因：{ $reason }
late-held = { $head } 情形改为“{ $condition }”，新时限 { $until }。
late-pleaded = #{ $number } { $who }申请延期 { $amount }：{ $reason }
late-agree = 同意的话，回复 #{ $number } 的卡片：延期 { $amount } { $reason }
late-pleading = #{ $number } 延期已报队长，同意了会在这里说。
late-ordered = #{ $number } { $who }督办：{ $words }

digest-day = 每日（{ $first }—{ $last }）
digest-week = 上周（{ $first }—{ $last }）
digest-month = { $year }年{ $month }月

watch-new-round = 对方说没解决，现在是第{ $round }次办理。
watch-left-alone = 先不催到 { $until }：{ $reason }
watch-in-hand = { $who }在办
watch-extend = 延多久？也可以回复本卡片，例如：延期 1工作日 等配件
watch-extend-why = 延期原因？选一个，或回复本卡片写明。
watch-snooze = 先不催到什么时候？也可以回复本卡片，例如：先不催 明早 已约好
watch-snooze-why = 先不催的原因？选一个，或回复本卡片写明。
watch-condition = 是哪种情形？时限按选的重算。
watch-void = 作废原因？选一个，或回复本卡片写明。
limit-by-shift = 按{ $shift }
limit-extended = 已延期
limit-in-brackets = （{ $limit }）
press-extend = 延期
press-snooze = 先不催
press-calm = 恢复提醒
press-condition = 改情形
