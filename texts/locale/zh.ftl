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
