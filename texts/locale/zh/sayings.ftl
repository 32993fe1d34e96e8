# 机器人说的其他话：按键的回应、为什么不行、问话、提醒、帮助。

# --- 按键的回应

done-by-accept = 已接单，路上注意安全
done-by-arrive = 已记到场，拍张照片回复卡片
done-by-resolve = 已办结，结果已告诉群里
done-by-suspend = 已挂账，时限暂停
done-by-resume = 已恢复办理
done-by-give-back = 已退回，队长会重新派
done-by-pass-on = 已转派
done-by-dispatch = 已派遣
done-by-void = 已作废
done-by-condition = 已改情形，时限已重算
done-by-condition-which = 选一下是哪种情形
done-by-withdraw = 好的，已撤回
done-by-matter = 选一下是什么事，或直接回复这条说明
done-by-place = 请回复这条写明地点，或发个定位
done-by-amend = 好的，已改
done-by-merge = 已并到一起
done-by-split = 好的，分开办理
done-by-apart = 好的，分开办理
done-by-confirm = 谢谢您
done-by-dispute = 已重新派人，抱歉让您多等
done-by-extend = 已延期，已告诉中队
done-by-snooze = 好的，先不催
done-by-calm = 已恢复提醒
done-by-amount = 选一个，或回复卡片写明
done-by-menu = { "" }
done-by-means = 选一下怎么解决的
done-by-choose = 请选原因，或回复卡片写明
done-by-squad = 请选中队
done-by-yes = 好的，已开单
done-by-no = 好的，不打扰
done-by-revoke = 已撤销，撤错了可以恢复
done-by-restore = 已恢复
sending-list = 正在整理
sending-page = 翻到了
sending-map = 正在画图
sending-sheet = 正在导出，稍等

# --- 为什么不行

unknown-press = 这个按钮已经失效，请用最新的卡片
question-gone = 这个问题已经过期，有事直接再说一遍
not-asked = 只问发消息的本人
summary-gone = 这份汇总太久了，请再问一次
not-your-summary = 这份汇总只给问的人和队长看
no-points = 这段时间的工单都没有定位，画不出地图
too-many = 件数太多，聊天里发不下：请在电脑上用 qunban export 导出，或把日期写近一点
other-officer = 别的队员
refusal-taken = { $officer }已接单，正在办
refusal-late = 这单现在是“{ $status }”，看最新卡片
refusal-not-yours = 这单由{ $officer }在办
refusal-not-you = 这个按钮不归您按，谢谢
refusal-reason = 请写明原因：选一个，或回复卡片
refusal-proof = 先回复本卡片发一张现场照片，或写明处理情况，再按办结
refusal-means = 选一下怎么解决的
refusal-ladder = 执法前要有服务、管理的记录；没有的话请先回复卡片写明理由
refusal-squad = 请选中队
refusal-apart = 这单没有并入别的单
refusal-amount = 没看懂多久，请写成 延期 1工作日 原因，或 先不催 2小时 原因
refusal-leads-only = 先不催由队长定；要延期请回复 延期 1工作日 原因
refusal-condition = 这个事项没有这种情形，看最新卡片
refusal-same-condition = 现在就是按这种情形算的
refusal-void-leads = 作废由队长定；不该办的请按退回写明原因
refusal-too-little = 延了也已经超期，请多延一些
refusal-too-much = 最多延一年，请少延一些
refusal-by-file = 他的身份写在配置文件里，这里撤销不了，请改配置文件
refusal-oneself = 不能撤销自己，请让别的队长来
refusal-unbound = 他现在没有绑定的身份，看最新的名单
refusal-bound = 他现在有身份，不用恢复
refusal-nobody = 没有找到这个人，看最新的名单

# --- 问和转告

question = “{ $words }” 需要派人处理（{ $about }）吗？
question-yes = 是的，开单
question-no = 不是
gone-asks = { $head } 听您说不用来了？不按的话，队员还是来看一眼。
gone-yes = 不用来了
relayed = #{ $number } { $who }：{ $words }
told-squad = #{ $number } { $who } 补充：{ $words }
chased-first = #{ $number } 对方在催，请看一下。
chased-again = #{ $number } 对方在催（第{ $times }次），请看一下。
sent-again = { $head } 重新派来了，请看上面的卡片。
released = { $head } 原来由{ $officer }办，现在退回中队，请重新接单。
given-back = { $head } 又退回来了，请看上面的卡片。
asks-no-more = 消息有点多，拿不准的先不一一问了；要派人的，请说清地点和事情。
answers-no-more = 问得有点密，先歇一会儿，过几分钟再问。

# --- 工单、汇总、帮助

mine-none = 您现在没有在办的工单。
mine-head = 您的工单：
mine-more = 还有{ $n }件
no-ticket = 没有找到这个工单号，请核对一下。
not-for-you = 这件工单只给办理的人和反映的人看。
pictures-refused = 照片暂时转不过来，请到工单所在的群或网页上看
ask-number = 请带上工单号，例如：工单 127
leads-only = 汇总给队长看；看自己的工单请说“我的”。
party-later = 查对象：请说“工单 号码”看这件事的全过程。
map-caption = { $title } { $n } 件的位置
report-title = { $title }工作报告
sheet-caption = { $title } { $n } 件，第二页是办理记录
not-understood = 没看懂“{ $words }”。可以这样问：汇总 今天、三中队上周、3月5日到3月8日、凤鸣路的占道、谁手上积压最多。
no-such-day = { $month }月没有{ $day }日，请看一下日期
no-leap-day = { $year }年2月没有29日，请看一下日期
no-such-month = 没有{ $n }月，请看一下日期
no-such-year = 没有{ $n }年，请看一下日期
no-such-quarter = 一年只有四个季度，没有第{ $n }季度
not-begun = 这段日子还没到，请问今天或以前的
over-ten-years = 一次最多看十年，请把日期写近一点
wrong-way-round = 起始日期在结束日期之后，请倒过来写
a-day-or-more = 请写一天或更多，例如 最近7天
help =
    有事在群里直接说，带个定位或照片更快。
    我的：看自己的工单
    工单 127：看一件事办到哪了
help-staff =
    卡片按钮：接单 · 到场 · 办结 · 转派 · 退回 · 挂账
    回复卡片：发照片或留言，会转给对方
    我的：看手上的工单
help-history = 工单 127：看全过程
help-history-lead = 工单 127：看全过程，可以延期、先不催、作废
help-lead =
    汇总 今天、这周怎么样、上月三中队、3月5日到8日：看数字
    谁手上积压最多、721比例、和上个月比：直接问
    人员：看谁登记了什么身份，可以撤销
    发码 队员 三中队：私聊我，拿一次性的身份码

# --- 命令的说明

command-help = 怎么用
command-ticket = 看一件工单，后面写单号
command-mine = 我的工单
command-summary = 汇总（队长）
command-people = 登记的人员（队长）
command-invite = 发身份码（队长，私聊）
command-bind = 用身份码绑定（私聊）
command-login = 登录网页（私聊）
command-privacy = 我的资料：怎么存、怎么查、怎么删
command-language = 选语言（私聊）

# --- 语言

language-own = 中文
language-asks = 我用哪种语言和您说？
language-chosen = 好的，以后和您说中文。
alone = 我在街道群里听大家说。要反映问题，请到群里说一句，发个定位更好；要查自己报过的，给我发“我的”；其他能做的，发“帮助”。
language-of-group = 这个群说中文，由管理员在配置里定。要选和我私聊时的语言，请私聊我发 /language。
