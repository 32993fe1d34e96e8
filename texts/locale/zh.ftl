# 网页上的每一句话。en.ftl 里有同名的英文句子；测试保证两边一样齐。

brand = 群办
skip = 跳到正文
nav = 栏目
nav-board = 看板
nav-map = 地图
nav-figures = 数字
nav-settings = 设置
to-board = 回到看板

role-officer = 队员
role-lead = 队长
role-admin = 管理员

# --- 进门

welcome-title = 请先登录
left-title = 已退出
welcome-how = 这里不用密码。登录链接由机器人私聊发给您：
welcome-step-chat = 在聊天软件里点开群办机器人，进入私聊
welcome-step-say = 发两个字：登录
welcome-step-open = 点开它回您的链接，5 分钟内有效，只能用一次
welcome-who = 给队员和队长使用。没有绑定身份的，请队长发一个身份码。
door-title = 登录群办
door-words = 按下面的按钮就登录好了。这个链接只能用一次；不是您本人要的，关掉这一页就行。
door-button = 登录

# --- 出了岔子

trouble-gone-title = 没有这一页
trouble-gone = 地址可能写错了，或者要看的东西已经不在了。
trouble-login-title = 请先登录
trouble-login = 登录过期了，请私聊机器人说“登录”。
trouble-link-title = 这个链接打不开了
trouble-link = 链接只能用一次，5 分钟内有效。请再私聊机器人说“登录”，要一个新的。
trouble-form-title = 这一页放久了
trouble-form = 为了安全，没有照办。请回到上一页刷新后再试，写过的内容还在。
trouble-not-yours-title = 这里您看不了
trouble-not-yours = 您现在的身份不能看这一页或做这件事。需要的话请找队长。
trouble-large-title = 内容太长
trouble-large = 请写短一点再试。
trouble-ours-title = 我们这边出了点问题
trouble-ours = 已经记下来了，请稍等一会儿再试。

# --- 我

me-title = 我的登录
me-sight = 看得到{ $squad }的工单
me-sight-all = 看得到全部工单
me-stays = 在哪些地方登录着
me-here = 就是这里
me-since = { $at } 登录
me-seen = 最近 { $at }
me-logout = 退出
me-end = 让它退出
me-everywhere = 全部退出

# --- 看板

board-title = 看板
board-empty = 现在没有在办的工单，可以歇一会儿。
board-none = 没有符合条件的工单。换个条件试试。
views = 存下的视图
view-keep = 把现在的条件存成视图
view-name = 名字
view-hint = 例如：凤鸣路超期的
view-drop = 删掉视图“{ $name }”
save = 存下
filters = 筛选
search = 找工单
search-hint = 编号、说的话、地点、对象、反映人
look = 查看
state = 状态
squad = 中队
street = 街道
matter = 事项
any = 不限
overdue = 超期
mine = 我手上的
clear = 清空条件
narrowed = 这里只列出符合所点数字的工单。
tallies = 各状态有几件
count = 共 { $n } 件
count-many = 超过 999 件
page = 第 { $n } 页
pages = 翻页
before = 上一页
after = 下一页
urgent = 紧急
round = 第{ $n }次
chased = 催办{ $n }
no-place = 地点待核实
no-squad = 未派中队
no-matter = 咨询求助建议
span-minutes = { $n }分
span-hours = { $n }小时
span-days = { $n }天
late-by = 超期{ $span }
left-still = 还剩{ $span }

state-open = 在办
state-opened = 待派遣
state-dispatched = 待接单
state-accepted = 已接单
state-on-site = 已到场
state-suspended = 已挂账
state-resolved = 已办结
state-closed = 已结案
state-void = 已作废
state-ended = 已结束
state-all = 全部
demand-complaint = 投诉
demand-report = 举报
demand-help = 求助
demand-inquiry = 咨询
demand-suggestion = 建议
means-service = 服务
means-management = 管理
means-enforcement = 执法

# --- 一张工单

said = 原话
exact = 看原话
exact-why = 电话、证件号、车牌和姓名打了码；看原话会记下是谁看的
exact-noted = 这是没有打码的原话，您看过的事已经记下。
outcome = 处理说明
photos = 照片
photos-before = 反映时
photos-after = 处理后
no-photos = 还没有
not-fetched = 没有取到
file = 打开文件
talk = 群里的话
talk-gone = 保存期已过，群里的话已删除。
a-photo = （照片）
a-voice = （语音）
a-pin = （定位）
history = 经过
by-hand = 群里口头
facts = 情况
place = 地点
on-map = 在地图上看
told-by = 反映人
comma = 、
party = 对象
demand = 诉求
opened = 开单
deadline = 时限
resolved = 办结
reason = 原因
recurs = 又来了
under = 并进来的
merged-into = 已并入
perhaps = 可能和这张是同一件：
deeds = 办理
do-assign = 派给中队
do-extend = 延期
do-merge = 并单
do-split = 拆出来
do-void = 作废
do-answer = 发到群里
do-memo = 记下
by-how-much = 延多久
merge-other = 并到哪一张（编号）
split-why = 它和上面那张不是一回事时，拆出来单独办。
answer = 回复反映人
canned = 常用回复
canned-pick = 选一句…
answer-words = 要说的话
answer-why = 机器人会在群里回复她
memos = 内部备注
memos-why = 只在网页上看得到
memo-words = 写给同事看的话
done-assign = 派好了，中队已收到卡片。
done-extend = 已延期。
done-merge = 已并单，一起办理。
done-split = 已拆出来，单独办理。
done-void = 已作废，群里的卡片已更新。
done-answer = 已发到群里。
done-memo = 已记下。
older-title = #{ $number } 刚刚有人动过
older-words = 您打开这一页以后，工单有了变化，所以先没有照办。现在是：
older-again = 还是要{ $deed }
older-look = 看现在的工单
refused-late = 工单的状态变了，这一步现在做不了。
refused-not-you = 您的身份不能做这件事。
refused-not-yours = 这件事由接单的队员来做。
refused-reason = 请写明原因。
refused-apart = 它没有并在别的工单下面，不用拆。
refused-amount = 请选一个时间；没有时限的工单不用延期。
amount-running = { $n }紧急工作时
amount-hours = { $n }工作时
amount-days = { $n }工作日
refused-too-little = 延了也还是超期，请多写一点。
refused-too-much = 太久了，请少写一点。
refused-squad = 没有这个中队。
refused-same-squad = 它已经在这个中队了。
refused-number = 没有找到能并的工单，请核对编号。
refused-words = 请写上要说的话，不要太长。
refused-other = 这一步没有做成，请看看工单现在的样子。

# --- 经过里的动作

act-open = 开单
act-join = 同一件事
act-part = 拆开
act-dispatch = 派遣
act-accept = 接单
act-pass-on = 转派
act-give-back = 退回
act-arrive = 到场
act-resolve = 办结
act-suspend = 挂账
act-resume = 恢复办理
act-extend = 延期
act-confirm = 满意
act-dispute = 没解决
act-close = 结案
act-void = 作废
act-withdraw = 撤回
act-merge = 并单
act-split = 拆单
act-release = 退回中队
act-apart = 不是同一件
act-recur = 又来了
act-add = 补充
act-amend = 修改
act-photo = 照片
act-note = 留言
act-remind = 提醒
act-chaser = 催办
act-reroute = 改派
act-located = 定位
act-snooze = 先不催
act-calm = 恢复提醒
act-order = 督办

# --- 地图

map-count = 图上 { $n } 件
map-how = 怎么看
map-cluster = 聚合
map-heat = 热力
map-fine = 在时限内
map-late = 超期
map-bare = 还没有配置街道和网格的底图
map-places = 哪里最多
map-no-places = 这些工单还没有定到路名。

# --- 设置

ruled-by-file = 群、中队、人员和时限由 config.yaml 或身份码定，这里只能看；常用回复可以在这里改。
canned-why = 在工单页里可以挑一句发给反映人；按事项和状态挑合适的。
canned-none = 还没有常用回复，先写一句试试。
canned-words = 要说的话
canned-keep = 加进常用回复
canned-drop = 删掉“{ $words }”
drop = 删掉
any-matter = 任何事项
any-state = 任何状态
groups = 群
name = 名称
kind = 类型
kind-merchants = 城管+商户
kind-sites = 城管+工地+环卫
kind-squad = 中队群
kind-leads = 带班群
group-active = 在用
group-muted = 不能发言
group-left = 已退出
group-unknown = 未配置
squads = 中队
squad-open = 在办 { $n } 件
people = 人员
people-why = 队员、队长和环卫、工地人员。用身份码绑定的，队长可以在私聊里说“人员”来撤销。
role = 身份
role-worker = 环卫/工地
source = 依据
source-config = 配置文件
source-code = 身份码
limits = 时限
limits-why = 上班时段：{ $periods }。没列出的事项按标准里的时限。
limit = 时限
limit-default = 其他事项
