# 这些话也照中文存在表里（按钮选的原因、期限的写法、时段的名字），给谁看就按谁的语言说。

amount-running = { $n }紧急工作时
amount-running-days = { $n }紧急工作日
amount-hours = { $n }工作时
amount-days = { $n }工作日
amount-minutes = { $n }分钟
amount-clock-hours = { $n }小时
amount-of-days = { $n }天
amount-whole-days = { $n }自然日
tomorrow-morning = 明早
usual = 一般
erased = 已删除
wechat = 微信

# 退回、挂账、延期、先不催、作废的原因

not-our-area = 不在辖区
not-so = 情况不实
told-twice = 重复工单
others-business = 其他部门职责
not-needed = 对方不用了
not-ours = 不属本部门
waits-for-spares = 等维修配件
waits-for-material = 等配件材料
waits-for-owner = 等产权单位
weather = 天气原因
several-departments = 需多部门会商
on-the-way = 已在路上
time-agreed = 已约好时间
waits-for-answer = 等对方回复
waits-for-word = 等上级意见

# 为什么撤回、作废、改派

was-none = 不是报事
is-gone = 对方说不用来了
void-reason = 队长核实后作废
sent-on = 改派

# 时段的名字

own = 我的
today = 今天
yesterday = 昨天
day-before-yesterday = 前天
last-night = 昨晚（18点至次日6点）
tonight = 今晚（18点至次日6点）
night-earlier = 前一晚
this-week = 本周
last-week = 上周
this-month = 本月
last-month = 上月
this-year = 今年
last-year = 去年
grid-called = 网格{ $n }
lately-days = 最近{ $n }天
lately-weeks = 最近{ $n }周
lately-months = 最近{ $n }个月
lately-years = 最近{ $n }年
this-quarter = 本季度
last-quarter = 上季度
day-earlier = 前一天
days-earlier = 前两天
week-earlier = 前一周
month-earlier = 前一月
quarter-earlier = 前一季度
half-earlier = 前半年
year-earlier = 上一年
yesterday-so-far = 昨天同期
last-week-so-far = 上周同期
last-month-so-far = 上月同期
last-quarter-so-far = 上季度同期
last-half-so-far = 前半年同期
same-time-last-year = 去年同期
as-long-before = 之前同样长
before-that = 上期

# 情形的名字，如时限表

if-missing = 缺失
if-broken = 破损
if-bouncing = 弹跳
if-sunken = 沉陷
if-being-built = 在建
if-built = 已建成
if-fixed = 固定
if-temporary = 临时
if-stuck-and-painted = 乱贴乱画
if-charging-wires = 飞线充电
if-to-stop-at-once = 制止
if-to-be-investigated = 查处
if-open-drains = 明沟排水
if-poles-and-roofs = 立柱楼顶
if-dirty = 不洁
if-parked-anyhow = 乱停放

# 大类（GB/T 47678.5-2026）

major-01 = 市政公用设施类
major-02 = 交通设施类
major-03 = 市容环卫设施类
major-04 = 园林绿化设施类
major-05 = 其他管理部件类
major-06 = 市容环境类
major-07 = 宣传广告类
major-08 = 施工管理类
major-09 = 街面秩序类
major-10 = 其他事项类
