#include "clustering/link_lists.hpp"

#include <algorithm>

namespace samestory {

void LinkRewriter::rewrite(const ClusterPair& pair, std::span<const Link> of_lower,
                           std::span<const Link> of_higher, std::vector<Link>& out) {
  items_.clear();
  renamed_.clear();
  collect(pair, of_lower, 0);
  collect(pair, of_higher, 2);
  sort_items();
  out.clear();
  for (std::size_t begin = 0; begin < items_.size();) {
    auto end = begin + 1;
    while (end < items_.size() && items_[end].name == items_[begin].name)
      ++end;
    out.push_back(combined(std::span(items_).subspan(begin, end - begin)));
    begin = end;
  }
}

void LinkRewriter::collect(const ClusterPair& pair, std::span<const Link> links,
                           std::int32_t slot) {
  const auto middle = std::ssize(items_);
  for (const auto& link : links) {
    if (link.other == pair.lower || link.other == pair.higher) continue;
    const auto partner = partner_[link.other];
    if (partner >= 0 && partner < link.other) {
      renamed_.push_back({partner, slot + 1, link.total});
    } else {
      items_.push_back({link.other, slot, link.total});
    }
  }
  const auto by_name = [](const Item& a, const Item& b) { return a.name < b.name; };
  std::inplace_merge(items_.begin(), items_.begin() + middle, items_.end(), by_name);
}

void LinkRewriter::sort_items() {
  const auto by_name = [](const Item& a, const Item& b) { return a.name < b.name; };
  // Most links keep their names and with them their order.
  std::sort(renamed_.begin(), renamed_.end(), by_name);
  const auto middle = std::ssize(items_);
  items_.insert(items_.end(), renamed_.begin(), renamed_.end());
  std::inplace_merge(items_.begin(), items_.begin() + middle, items_.end(), by_name);
}

Link LinkRewriter::combined(std::span<const Item> items) {
  double total[4] = {0, 0, 0, 0};
  for (const auto& item : items)
    total[item.slot] = item.total;
  // Seen from the other cluster, slots 1 and 2 change places: both have to get the same sum.
  return {(total[0] + total[3]) + (total[1] + total[2]), items.front().name};
}

}  // namespace samestory
