# 数字：汇总、图、明细、分布图、工作报告，一张工单的全过程。

sum-head = { $title }汇总
sum-all = 新开 { $opened } 件{ $moved }，结案 { $closed } 件，现在在办 { $open } 件，按期结案率 { $archive }
sum-moved = （比{ $against } { $by }）
sum-same = （和{ $against }一样）
sum-times = 用时（半数内/九成内）：{ $times }
sum-glad = 满意率 { $glad }，按期处置率 { $dispose }
sum-share = { $percent }%（{ $part }/{ $whole }）
sum-load = { $who } 超期 { $late }、手上 { $held }
sum-loads = 手上积压：{ $loads }
sum-did = { $who } { $n }
sum-done = 办结最多：{ $done }
sum-none-done = 还没有人办结
sum-squad = { $squad } 新开 { $opened }、现在在办 { $open }、超期 { $late }
sum-squads = 各中队：{ $squads }
sum-highest = { $rate }从高到低：{ $squads }
sum-lowest = { $rate }从低到高：{ $squads }
sum-more-squads = 另有 { $n } 个中队
sum-none-ranked = { $rate }：各中队暂无
sum-no-squads = 各中队都没有工单
sum-no-load = 现在没有人手上有积压
sum-matters = 事项：{ $matters }
sum-no-matters = 没有
sum-three = 三率：{ $rates }
sum-compared = { $before }→{ $now }：{ $moved }
sum-late = 现在超期 { $n } 件：{ $squads }
sum-none-late = 现在没有超期的
sum-came-back = 返工 { $again } 件，同一处又发生 { $recurred } 件
sum-none-back = 没有返工和复发
sum-places = { $came }；多次反映：{ $places }
seven-none = 721：还没有办结的，暂无比例
seven-shares = 721：{ $shares }（目标 70/20/10），{ $honest }
seven-few = 只有 { $n } 件，比例仅供参考
seven-short = 服务比目标少 { $n } 个百分点
seven-over = 执法比目标多 { $n } 个百分点
seven-met = 达到 721 的要求
days = { $first } 至 { $last }

# --- 图

chart-again = 返工
chart-trend = 走势
chart-day = 这一天
chart-hours = 新开，按钟点
chart-hour = { $n }点
chart-seven = 721 工作法
chart-count = { $n } 件
chart-none = 还没有办结的
chart-target = 目标 { $n }%
chart-times = 半数以内 / 九成以内
chart-places = 多次反映的地方
map-title = { $title }·分布
spot-late = 超期
spot-open = 在办
spot-done = 已办结
spots-without = { $n } 件，另有 { $missing } 件没有定位
scale-km = { $n } 公里
scale-m = { $n } 米

# --- 明细

list-now = 现在
tab-list = 明细
tab-map = 地图
tab-sheet = 导出
tab-opened = 新开
tab-closed = 结案
tab-resolved = 办结
tab-overdue-now = 超期
tab-came-back = 返工复发
tab-open-now = 在办
tab-opened-again = 返工
tab-recurred = 复发
tab-due-closed = 按期结案
tab-closed-in-time = 按期结案
tab-due-to-close = 应结案
tab-due-resolved = 按期处置
tab-resolved-in-time = 按期处置
tab-due = 应处置
tab-satisfied = 满意
tab-rated = 已评价
tab-rated-answered = 及时响应
tab-closed-answered = 及时响应
tab-rated-at-once = 一次解决
tab-closed-at-once = 一次解决
tab-held-now = 手上
tab-backlog = 手上超期
tab-service = 服务
tab-management = 管理
tab-enforcement = 执法
list-head = { $head } { $tab } { $n } 件
list-page = 第 { $page }/{ $pages } 页
list-none = 没有工单
list-late = 超期 { $by }
list-of = 明细：{ $name }
list-see = 看一件的全过程请说：工单 号码

# --- 一张工单的全过程

history-gap = （中间略去{ $n }条）
history-merged = 已并入 #{ $number }，看进度请说：工单 { $number }
history-point = 定位
history-together = 一起办的：{ $numbers }
history-in-time = 按期办结
history-late = 超期办结
history-until = 到{ $at }
album-before = #{ $number } 办理前 { $n }张
album-after = #{ $number } 办理后 { $n }张

# --- 工作报告

paper-foot = { $bureau }　第 { $page } 页，共 { $pages } 页
paper-made = { $days }　{ $at } 统计
paper-short = 摘要
paper-indicators = 指标
paper-resolved = 本期办结
paper-count = 件数

# --- 两边对比

versus-both = { $one }和{ $other }
versus-head = { $title }对比
versus-line = { $name }：{ $told }
versus-count = { $side } { $n } 件
versus-more = { $side }多 { $n } 件
versus-same = 一样多
versus-times = 用时（半数内，{ $one } : { $other }）：{ $told }
versus-few = 有一方结案不到 { $n } 件，比率仅供参考。
versus-took = 办结用时
