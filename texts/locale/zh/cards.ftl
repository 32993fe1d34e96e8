# 卡片：给反映人的回执和结果，给中队的派单卡片，给队长的分派和并单卡片。

# --- 按键

press-accept = 接单
press-arrive = 到场
press-resolve = 办结
press-pass-on = 转派
press-give-back = 退回
press-suspend = 挂账
press-resume = 恢复办理
press-menu = 返回
press-words = 看原话
press-confirm = 满意
press-dispute = 没解决
press-matter = 事项不对
press-place = 地点不对
press-withdraw = 不是报事
press-split = 不是一回事
press-merge = 是同一件
press-apart = 不是
press-void = 作废

# --- 在哪里

where-near = { $place }（{ $near }）
where-rough = { $place }，约{ $metres }米内
where-asks = 还不知道在哪里：请在这条下回复，或发个定位。
card-grid = 网格：{ $street } { $grid }
card-outside = 定位不在地图的街道范围内，暂按{ $street }派单
card-this-group = 本群

# --- 回执

card-danger = { $whom }，我们同时派人。
card-elsewhere = 这件事可能归其他部门，也可以打12345，我们先帮您转。
card-matter = 是什么事？选一个，或直接回复这条说明。
card-tally = 已记下{ $n }件（{ $numbers }），一件不漏。
card-so-many = { $status }{ $n }
card-tally-stand = { $stand }。办好了一件件告诉您。
and-more = { $names }等
card-joined-now = { $head } 已有人反映，一起记上了，现在是“{ $status }”。办好了一并告诉您。
card-under = { $head } 已有人反映，已并到 #{ $number }，一起记上了。办好了一并告诉您。
card-under-now = { $head } 已有人反映，已并到 #{ $number }，一起记上了，现在是“{ $status }”。办好了一并告诉您。
card-sent = 已登记，已派{ $squad }
card-sending = 已登记，正在派人
card-again = 第{ $round }次办理，{ $told }
card-coming = { $who }已接单，正在赶来 { $clock }
card-there = { $who }已到场 { $clock }
card-waits = 暂时挂账：{ $reason }，办好会告诉您
card-waits-why = 需要等一等
card-done = { $who }已办结 { $clock }
card-closed = 已结案，谢谢您
card-void = 已撤销
card-void-why = 已撤销：{ $reason }

# --- 结果

result = { $head } 已办结
result-by = { $head } 已办结（{ $means }）
result-disputed = 您说没解决，已重新派人。
result-thanks = 已结案，谢谢您的评价。
result-closed = 已结案。没解决的话直接再说一声。
result-asks = 请看看解决了没有：
result-asks-them = 请{ $names }看看解决了没有：

# --- 派单卡片

card-urgent = 【紧急】
card-place = 地点：{ $place }
card-source = 来源：{ $group } { $who }
card-source-many = 来源：{ $group } { $who } 等{ $n }人
card-party = 对象：{ $party }
card-back = 又来了：{ $at }的 #{ $number }
card-call = 已提醒对方先打{ $number }
card-deadline = 时限：{ $at }{ $limit }
card-merged = 已并入 #{ $number }，一起办理
card-passed-on = 已转派{ $squad }
card-new-round = 对方说没解决，第{ $round }次办理请看新卡片
card-took = { $who } { $took }接单
card-took-arrived = { $who } { $took }接单，{ $there }到场
card-photos = 已收到照片{ $n }张，办好请按办结。
card-photo = 回复本卡片发现场照片，再按办结。
card-means = 怎么解决的？
card-give-back = 退回原因？选一个，或回复本卡片写明。
card-suspend = 挂账原因？选一个，或回复本卡片写明。
card-pass-on = 转给哪个中队？
card-reason = 原因：{ $reason }
card-outcome = 说明：{ $words }
card-by = 手段：{ $means }

# --- 给队长的

twin-apart = 分开办理。
twin-split = 拆开
twin-merged = 已并入 #{ $number }，一起办理。
twin-asks = 是同一件事吗？
triage-reason = 退回原因：{ $reason }
triage-asks = 派给哪个中队？
